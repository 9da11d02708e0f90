//! Who adapted a bundle from whom, as lists in lists.

use std::{iter::Peekable, vec::IntoIter};

use askama::Template;
use domain::bundles::{BundleId, Relative};

#[derive(Template)]
#[template(path = "bundles/tree.html")]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

struct Node {
    path: String,
    title: String,
    is_this: bool,
    made_from_it: Tree,
}

impl Tree {
    /// The tree of a family, in which `this` is the one that is looked at.
    pub(super) fn of(family: Vec<Relative>, this: BundleId) -> Self {
        Self::below(&mut family.into_iter().peekable(), 0, this)
    }

    fn below(rest: &mut Peekable<IntoIter<Relative>>, depth: usize, this: BundleId) -> Self {
        let mut nodes = Vec::new();
        while let Some(one) = rest.next_if(|one| one.depth >= depth) {
            let Relative { item, depth } = one;
            nodes.push(Node {
                path: format!("/beheer/bundels/{}", item.id),
                title: format!("{} {} ({})", item.title, item.version, item.owner_name),
                is_this: item.id == this,
                made_from_it: Self::below(rest, depth + 1, this),
            });
        }
        Self { nodes }
    }
}
