//! Elements that inform: banners, charts, countdowns, messages, tags.

pub(in crate::widgets) mod banner;
pub(in crate::widgets) mod bar_chart;
pub(in crate::widgets) mod countdown;
pub(in crate::widgets) mod day_track;
pub(in crate::widgets) mod empty;
pub(in crate::widgets) mod message;
pub(in crate::widgets) mod notice;
pub(in crate::widgets) mod progress;
pub(in crate::widgets) mod step_column;
pub(in crate::widgets) mod steps;
pub(in crate::widgets) mod tag;
pub(in crate::widgets) mod time_lanes;
