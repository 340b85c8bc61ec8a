//! Samples that a process took of itself.

use crate::error::FoldError;
use crate::fold::{Fold, FoldOptions};
use crate::process::NewMapping;
use crate::profile::Profile;
use crate::raw_sample::RawSample;
use std::collections::HashSet;
use std::fs;

/// Folds samples of the calling process, with the files that are mapped into it now.
///
/// Weights are the CPU time of each sample, and the profile's interval is their mean. `lost` counts
/// samples that had no room.
///
/// # Errors
///
/// [`FoldError::Map`] if the map of JavaScript names that was asked for cannot be read, and
/// [`FoldError::Mappings`] if the system hides what is mapped.
///
/// ```
/// use forgebench_symbols::{FoldOptions, fold_own_process};
///
/// let profile = fold_own_process([], 0, &FoldOptions::default())?;
/// assert_eq!((profile.engine.as_str(), profile.threads.len()), ("native", 0));
/// # Ok::<(), forgebench_symbols::FoldError>(())
/// ```
pub fn fold_own_process<'a>(
    samples: impl IntoIterator<Item = RawSample<'a>>,
    lost: u64,
    options: &FoldOptions,
) -> Result<Profile, FoldError> {
    let mut fold = fold_of_this_process(options)?;
    fold.lost = lost;
    let mut threads = ThreadNames::default();
    for sample in samples {
        threads.name(&mut fold, sample.tid);
        fold.sample(&sample);
    }
    let interval = fold.mean_weight().unwrap_or(0);
    Ok(fold.finish("native", "nanoseconds", interval))
}

/// An empty fold that knows which files are mapped into this process now.
pub(crate) fn fold_of_this_process(options: &FoldOptions) -> Result<Fold<'_>, FoldError> {
    let mut fold = Fold::new(options)?;
    let pid = std::process::id().cast_signed();
    for_each_mapping(|mapping| fold.map(pid, mapping))?;
    Ok(fold)
}

/// Calls `take` with each file that is mapped into this process for execution.
pub(crate) fn for_each_mapping(take: impl FnMut(NewMapping)) -> Result<(), FoldError> {
    let maps = fs::read_to_string("/proc/self/maps").map_err(FoldError::Mappings)?;
    maps.lines().filter_map(executable).for_each(take);
    Ok(())
}

/// Threads of this process that a fold knows the names of.
#[derive(Default)]
pub(crate) struct ThreadNames(HashSet<i32>);

impl ThreadNames {
    /// Tells the fold the thread's name, once; one that has ended has none any more.
    pub fn name(&mut self, fold: &mut Fold, tid: i32) {
        if self.0.insert(tid)
            && let Ok(name) = fs::read_to_string(format!("/proc/self/task/{tid}/comm"))
        {
            fold.name_thread(tid, name.trim_end().to_owned());
        }
    }
}

/// `start-end permissions offset device inode path` of `/proc/PID/maps`, if it is executable.
fn executable(line: &str) -> Option<NewMapping<'_>> {
    let mut parts = line.splitn(6, ' ');
    let (start, end) = parts.next()?.split_once('-')?;
    let permissions = parts.next()?;
    let offset = parts.next()?;
    // Device and inode; the path stands after spaces that line it up.
    let path = parts.nth(2)?.trim_start();
    permissions.contains('x').then_some(NewMapping {
        range: u64::from_str_radix(start, 16).ok()?..u64::from_str_radix(end, 16).ok()?,
        offset: u64::from_str_radix(offset, 16).ok()?,
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_maps_gives_range_offset_and_a_path_with_spaces() {
        let line = "7f10-7f2a r-xp 00a0 fd:00 131        /opt/my addon/a.node";
        let mapping = executable(line).expect("it is executable");
        assert_eq!((mapping.range, mapping.offset, mapping.path), (0x7f10..0x7f2a, 0xa0, "/opt/my addon/a.node"));
    }

    #[test]
    fn data_and_broken_lines_are_left_out() {
        assert!(executable("7f10-7f2a rw-p 00a0 fd:00 131 /lib/libc.so.6").is_none());
        assert!(executable("7f10-7f2a").is_none());
        assert!(executable("zz-7f2a r-xp 00a0 fd:00 131 /a").is_none());
    }
}
