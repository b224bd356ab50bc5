//! Lists with wrong counts, lists without an end, and lists that change while they are read.

use serde_json::{Value, json};
use thred_console::demo::{DemoBusiness, DemoState};
use uuid::Uuid;

use super::Answer;

impl Answer {
    /// Names this URL as the next page (Older envelope).
    pub fn foreign_next(url: &str) -> Self {
        let url = url.to_owned();
        Self::real().edited(move |_, value| value["next"] = url.clone().into())
    }

    /// `next` and `results` without any count (Older envelope).
    pub fn next_only() -> Self {
        Self::real()
            .edited(|_, value| *value = json!({"next": value["next"], "results": value["results"]}))
    }

    /// Pages of `size`, whatever the request says, with `size` stated.
    pub fn page_size_ignored(size: u64) -> Self {
        Self::real().rewritten(move |seen| {
            let page = seen.page();
            format!("{}?page={page}&page_size={size}", seen.uri.path())
                .parse()
                .unwrap()
        })
    }

    /// Pages of `size`, but with the counts for the requested size (Newer envelope). A client that trusts `total_pages`
    /// stops too early.
    pub fn page_size_lied_about(size: u64) -> Self {
        Self::page_size_ignored(size).edited(|seen, value| {
            let asked = seen
                .query("page_size")
                .and_then(|size| size.parse().ok())
                .unwrap_or(20)
                .clamp(1, 100);
            let total = value["count"].as_u64().unwrap_or_default();
            value["page_info"]["page_size"] = asked.into();
            value["page_info"]["total_pages"] = total.div_ceil(asked).max(1).into();
        })
    }

    /// States this total of businesses and the matching number of pages, whatever the true total is (Newer envelope).
    pub fn total_stated_as(total: u64) -> Self {
        Self::real().edited(move |_, value| {
            let size = value["page_info"]["page_size"].as_u64().unwrap_or(100);
            value["count"] = total.into();
            value["page_info"]["total_count"] = total.into();
            value["page_info"]["total_pages"] = total.div_ceil(size).into();
        })
    }

    /// The last item of the page repeats the first.
    pub fn duplicate_id() -> Self {
        Self::real().edited(|_, value| {
            let Some(results) = value["results"].as_array_mut() else {
                return;
            };
            if let (Some(first), Some(last)) = (results.first().cloned(), results.last_mut()) {
                *last = first;
            }
        })
    }

    /// A page without items, although the counts state some.
    pub fn empty_page() -> Self {
        Self::real().edited(|_, value| value["results"] = json!([]))
    }

    /// Always states one more page, each with new ids (Newer envelope).
    pub fn never_ending() -> Self {
        Self::endless_pages(|page| page)
    }

    /// Always states one more page, and returns the first each time (Newer envelope).
    pub fn looping() -> Self {
        Self::endless_pages(|_| 1)
    }

    fn endless_pages(content_of: fn(u64) -> u64) -> Self {
        const SIZE: u64 = 20;
        Self::real().reshaped(move |seen, plain| {
            let page = seen.page();
            let items = (0..SIZE).map(|n| {
                let id = Uuid::from_u64_pair(content_of(page), n);
                json!({"id": id, "name": format!("Endless {id}")})
            });
            let total = (page + 1) * SIZE;
            let info = json!({
                "total_count": total, "current_page": page, "total_pages": page + 1, "page_size": SIZE,
            });
            let body = json!({"count": total, "page_info": info, "results": items.collect::<Vec<Value>>()});
            plain.status = axum::http::StatusCode::OK;
            plain.body = body.to_string().into_bytes();
        })
    }

    /// Adds `count` businesses at the front after this response, so that items of this page appear again on the next.
    pub fn then_insert(self, count: usize) -> Self {
        self.then(move |state| (0..count).for_each(|_| insert(state)))
    }

    /// Removes the `count` newest businesses after this response, so that the next page skips as many.
    pub fn then_remove(self, count: usize) -> Self {
        self.then(move |state| {
            let mut store = state.store_mut();
            let gone: Vec<Uuid> = store
                .newest_first()
                .take(count)
                .map(|business| business.id)
                .collect();
            gone.into_iter().for_each(|id| {
                store.remove(id);
            });
        })
    }
}

fn insert(state: &DemoState) {
    let id = Uuid::new_v4();
    let business = DemoBusiness {
        id,
        external_id: Some(format!("late-{id}").into()),
        name: Some("Latecomer".into()),
        ..DemoBusiness::default()
    };
    state.store_mut().insert(business);
}
