//! Does the jobs that requests left behind, and deletes in time what has to go.

use std::{sync::Arc, time::Duration};

use domain::{maintenance, worker::run_due_jobs};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::AppState;

/// Pause before an empty queue is read again.
const PAUSE: Duration = Duration::from_secs(1);
/// Pause after the database did not answer.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(5);
/// How often what is over is thrown away.
const SWEEP_EVERY: Duration = Duration::from_hours(1);

/// How often clocks are checked for warnings.
const WATCH_EVERY: Duration = Duration::from_secs(30);

/// Works until it is stopped; a job that was begun is finished.
pub async fn run(app: Arc<AppState>, stop: CancellationToken) {
    let context = app.job_context();
    let mut next_sweep = Instant::now();
    let mut next_watch = Instant::now();
    loop {
        let pause = match run_due_jobs(&context, 10).await {
            Ok(0) => PAUSE,
            Ok(_) => Duration::ZERO,
            Err(error) => {
                tracing::error!(%error, "the queue of jobs does not answer");
                PAUSE_AFTER_FAILURE
            }
        };
        if Instant::now() >= next_sweep {
            next_sweep = Instant::now() + SWEEP_EVERY;
            if let Err(error) = maintenance::run_hourly(&app.db).await {
                tracing::error!(%error, "what is over could not be thrown away");
            }
            if app.scanner.is_some()
                && let Err(error) = maintenance::rescan_files(&app.db).await
            {
                tracing::error!(%error, "the scanner could not be asked again");
            }
        }
        if Instant::now() >= next_watch {
            next_watch = Instant::now() + WATCH_EVERY;
            if let Err(error) = maintenance::raise_alerts(&app.db).await {
                tracing::error!(%error, "the clocks could not be checked");
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}
