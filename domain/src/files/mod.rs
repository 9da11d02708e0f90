//! Files that people hand in: where their bytes are, and what they are by their content.

mod cabinet;
mod content;

pub use self::{
    cabinet::{Cabinet, CabinetError},
    content::{Content, content},
};
