mod clipboard;
mod creating;
mod deadlines;
mod fixture;
mod generations;
mod list;
mod toasts;
mod tokens;
