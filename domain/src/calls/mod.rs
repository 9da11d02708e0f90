//! Whom to call now, and what a conversation brings: what was told, what was agreed, and what else came up.

mod conversation;
mod list;
mod next_try;

pub use self::{
    conversation::{Conversation, ConversationRequest, converse},
    list::{Call, CallList, Scope, call_list},
    next_try::{DayPart, NextTry, call_windows, next_try},
};
