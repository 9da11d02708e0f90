//! Work on the files of strangers, beside the threads that answer requests: as much of it at once as there are cores, and each for a limited
//! time.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use domain::{Code, Error};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

use crate::problem::Problem;

/// Longest wait for a core.
const WAIT_MAX: Duration = Duration::from_secs(10);
/// Longest wait for the work itself.
const WORK_MAX: Duration = Duration::from_secs(20);

/// The cores of this machine, shared by all requests.
static POOL: LazyLock<Pool> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Pool::new(cores, WAIT_MAX, WORK_MAX)
});

struct Pool {
    free: Arc<Semaphore>,
    wait_max: Duration,
    work_max: Duration,
}

impl Pool {
    fn new(cores: usize, wait_max: Duration, work_max: Duration) -> Self {
        Self {
            free: Arc::new(Semaphore::new(cores)),
            wait_max,
            work_max,
        }
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let permit = timeout(self.wait_max, Arc::clone(&self.free).acquire_owned())
            .await
            .map_err(|_| Problem::code(Code::Unavailable))?
            .map_err(Error::bug)?;
        // A thread cannot be ended: work that takes too long keeps its permit until it is done.
        let working = spawn_blocking(move || {
            let result = work();
            drop(permit);
            result
        });
        let done = timeout(self.work_max, working)
            .await
            .map_err(|_| Problem::code(Code::Timeout))?;
        Ok(done.map_err(Error::bug)?)
    }
}

/// Does `work` that reads or writes a file of people.
///
/// # Errors
/// [`Code::Unavailable`] when no core came free in ten seconds; [`Code::Timeout`] when the work lasts longer than twenty: it goes on, and
/// nobody waits for it.
pub(crate) async fn run<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    POOL.run(work).await
}

/// Whether `problem` says that [`run`] had no time for a file.
pub(crate) fn had_no_time(problem: &Problem) -> bool {
    matches!(problem.error().code(), Code::Unavailable | Code::Timeout)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    const LONG: Duration = Duration::from_mins(1);

    fn code<T>(result: Result<T, Problem>) -> Option<Code> {
        result.err().map(|problem| problem.error().code())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn no_more_files_are_read_at_once_than_there_are_cores_and_who_waits_too_long_is_told() {
        let pool = Arc::new(Pool::new(2, Duration::ZERO, LONG));
        let mut reading = Vec::new();
        for _ in 0..2 {
            let (begun, has_begun) = mpsc::channel();
            let (end, ends) = mpsc::channel::<()>();
            let pool = Arc::clone(&pool);
            let work = tokio::spawn(async move {
                let work = move || {
                    begun.send(()).unwrap();
                    ends.recv()
                };
                pool.run(work).await
            });
            spawn_blocking(move || has_begun.recv())
                .await
                .unwrap()
                .unwrap();
            reading.push((end, work));
        }
        assert_eq!(code(pool.run(|| ()).await), Some(Code::Unavailable));
        let (end, work) = reading.pop().unwrap();
        end.send(()).unwrap();
        work.await.unwrap().unwrap().unwrap();
        assert_eq!(pool.run(|| 7).await.unwrap(), 7, "a core came free");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_file_that_takes_too_long_is_left_and_keeps_its_core_until_it_is_read() {
        let mut pool = Pool::new(1, Duration::ZERO, Duration::ZERO);
        let (end, ends) = mpsc::channel::<()>();
        let slow = pool.run(move || ends.recv()).await;
        assert_eq!(code(slow), Some(Code::Timeout));
        assert_eq!(code(pool.run(|| ()).await), Some(Code::Unavailable));
        end.send(()).unwrap();
        (pool.wait_max, pool.work_max) = (LONG, LONG);
        pool.run(|| ()).await.unwrap();
    }

    #[tokio::test]
    async fn a_reader_that_panics_is_a_failure_of_ours_and_gives_its_core_back() {
        let pool = Pool::new(1, LONG, LONG);
        let broken = pool.run(|| panic!("a damaged file")).await;
        assert_eq!(code::<()>(broken), Some(Code::Internal));
        pool.run(|| ()).await.unwrap();
    }
}
