//! Paging: reads the requested page and builds the response.

use serde::Serialize;

use super::business::DemoBusiness;

const DEFAULT_PAGE_SIZE: usize = 20;
const MAX_PAGE_SIZE: usize = 100;

/// The requested page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PageRequest {
    /// 1-based.
    pub(super) page: usize,
    pub(super) page_size: usize,
}

impl PageRequest {
    /// Reads both query values. `None` if the page is not a number from 1 on (the response is 404). An invalid `page_size` counts as missing and a
    /// large one as the maximum, as in Django REST framework.
    pub(super) fn read(page: Option<&str>, page_size: Option<&str>) -> Option<Self> {
        let page = page
            .map_or(Some(1), |text| text.parse().ok())
            .filter(|page| *page >= 1)?;
        let page_size = page_size
            .and_then(|text| text.parse().ok())
            .filter(|size| *size >= 1)
            .map_or(DEFAULT_PAGE_SIZE, |size: usize| size.min(MAX_PAGE_SIZE));
        Some(Self { page, page_size })
    }

    /// How many items come before this page.
    pub(super) fn skip(self) -> usize {
        (self.page - 1).saturating_mul(self.page_size)
    }

    /// How many pages `total` items fill. An empty list has one empty page.
    pub(super) fn pages(self, total: usize) -> usize {
        total.div_ceil(self.page_size).max(1)
    }
}

#[derive(Serialize)]
pub(super) struct DemoPage<'a> {
    count: usize,
    page_info: PageInfo,
    results: Vec<&'a DemoBusiness>,
}

#[derive(Serialize)]
struct PageInfo {
    total_count: usize,
    current_page: usize,
    total_pages: usize,
    page_size: usize,
}

impl<'a> DemoPage<'a> {
    pub(super) fn new(request: PageRequest, total: usize, results: Vec<&'a DemoBusiness>) -> Self {
        Self {
            count: total,
            page_info: PageInfo {
                total_count: total,
                current_page: request.page,
                total_pages: request.pages(total),
                page_size: request.page_size,
            },
            results,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str, page_size: &str) -> Option<PageRequest> {
        PageRequest::read(Some(page), Some(page_size))
    }

    #[test]
    fn reads_defaults_and_limits() {
        assert_eq!(
            PageRequest::read(None, None),
            Some(PageRequest {
                page: 1,
                page_size: 20
            })
        );
        assert_eq!(
            read("3", "500"),
            Some(PageRequest {
                page: 3,
                page_size: 100
            })
        );
        assert_eq!(read("1", "0").map(|r| r.page_size), Some(20));
        assert_eq!(read("1", "many").map(|r| r.page_size), Some(20));
        assert_eq!(read("0", "10"), None);
        assert_eq!(read("-1", "10"), None);
        assert_eq!(read("last", "10"), None);
    }

    #[test]
    fn counts_pages_at_the_edges() {
        let request = PageRequest {
            page: 1,
            page_size: 100,
        };
        let pages: Vec<_> = [0, 1, 100, 101].map(|total| request.pages(total)).into();
        assert_eq!(pages, [1, 1, 1, 2]);
        assert_eq!(
            PageRequest {
                page: usize::MAX,
                page_size: 100
            }
            .skip(),
            usize::MAX
        );
    }
}
