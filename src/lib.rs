pub mod document;
pub mod extract;
pub mod normalise;
pub mod read;
