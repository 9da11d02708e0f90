//! Does the jobs that requests left behind, and deletes in time what has to go.

use std::{sync::Arc, time::Duration};

use domain::{inbound, maintenance, worker::JobRunner};
use tenants::installation::ClockGuard;
use tokio::{
    sync::Mutex,
    time::{Instant, MissedTickBehavior},
};
use tokio_util::sync::CancellationToken;

use crate::AppState;

/// Pause before an empty queue is read again.
const PAUSE: Duration = Duration::from_secs(1);
/// Pause after the database did not answer.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(5);
/// How often leases are renewed: several times before they end.
const RENEW_EVERY: Duration = Duration::from_secs(15);
/// How long jobs that were begun may go on after a stop.
const STOP_GRACE: Duration = Duration::from_secs(14);
/// How often what is over is deleted.
const SWEEP_EVERY: Duration = Duration::from_hours(1);
/// How often clocks are checked for warnings.
const WATCH_EVERY: Duration = Duration::from_secs(30);

/// How often folders are looked into for mails that came in.
const MAILDIR_EVERY: Duration = Duration::from_secs(15);

/// Works until it is stopped. Jobs, sweeps and clocks do not wait for each other.
pub async fn run(app: Arc<AppState>, stop: CancellationToken) {
    let guard = Mutex::new(ClockGuard::default());
    tokio::join!(
        run_jobs(&app, &stop),
        repeat(SWEEP_EVERY, &stop, || sweep(&app, &guard)),
        repeat(WATCH_EVERY, &stop, || watch(&app, &guard)),
        repeat(MAILDIR_EVERY, &stop, || take_mails(&app)),
    );
}

/// How long the machine runs, sleep included.
#[cfg(target_os = "linux")]
fn uptime() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    Duration::try_from(time).unwrap_or_default()
}

/// How long the program runs.
#[cfg(not(target_os = "linux"))]
fn uptime() -> Duration {
    static STARTED: std::sync::LazyLock<std::time::Instant> =
        std::sync::LazyLock::new(std::time::Instant::now);
    STARTED.elapsed()
}

/// Whether the clock is plausible: when it jumped, nothing is erased and nobody is warned.
async fn clock_is_right(app: &AppState, guard: &Mutex<ClockGuard>) -> bool {
    match guard.lock().await.is_plausible(&app.db, uptime()).await {
        Ok(true) => true,
        Ok(false) => {
            tracing::error!(
                now = %app.db.now(),
                "the clock jumped: nothing is erased and nobody is warned until it is right; when it is, run `gehoord clock accept`"
            );
            false
        }
        Err(error) => {
            tracing::error!(%error, "the clock could not be checked");
            false
        }
    }
}

async fn run_jobs(app: &AppState, stop: &CancellationToken) {
    let mut runner = JobRunner::new(app.job_context());
    let mut renew_at = Instant::now() + RENEW_EVERY;
    while !stop.is_cancelled() {
        let mut pause = PAUSE;
        if let Err(error) = runner.start_due(usize::MAX).await {
            tracing::error!(%error, "the queue of jobs does not answer");
            pause = PAUSE_AFTER_FAILURE;
        }
        if Instant::now() >= renew_at {
            renew_at = Instant::now() + RENEW_EVERY;
            if let Err(error) = runner.renew_leases().await {
                tracing::error!(%error, "leases could not be renewed");
            }
        }
        tokio::select! {
            () = stop.cancelled() => {}
            true = runner.progress() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    runner.stop(STOP_GRACE).await;
}

/// Does `work` at once and in each period, until the stop; what it was doing then is rolled back.
async fn repeat<F: Future<Output = ()>>(
    every: Duration,
    stop: &CancellationToken,
    work: impl Fn() -> F,
) {
    let repeating = async {
        let mut ticks = tokio::time::interval(every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            work().await;
        }
    };
    stop.run_until_cancelled(repeating).await;
}

async fn sweep(app: &AppState, guard: &Mutex<ClockGuard>) {
    if !clock_is_right(app, guard).await {
        return;
    }
    if let Err(error) = maintenance::run_hourly(&app.db).await {
        tracing::error!(%error, "what is over could not be deleted");
    }
    if app.scanner.is_some()
        && let Err(error) = maintenance::rescan_files(&app.db).await
    {
        tracing::error!(%error, "the scanner could not be asked again");
    }
}

async fn take_mails(app: &AppState) {
    let Some(folder) = &app.settings.mail.maildir_folder else {
        return;
    };
    if let Err(error) = inbound::poll_maildirs(&app.db, &app.file_store, folder).await {
        tracing::error!(%error, "folders with mails could not be looked into");
    }
}

async fn watch(app: &AppState, guard: &Mutex<ClockGuard>) {
    if !clock_is_right(app, guard).await {
        return;
    }
    if let Err(error) = maintenance::raise_alerts(&app.db).await {
        tracing::error!(%error, "the clocks could not be checked");
    }
    if let Err(error) = maintenance::send_questions(&app.db).await {
        tracing::error!(%error, "questions about practices could not be sent on");
    }
}
