namespace Heliotrope.Server.Platform;

/// <summary>
/// Looks for what is due, again and again until the server stops. This is the outermost loop: whatever fails is logged here, and tried
/// again at the next look.
/// </summary>
/// <param name="every">How long to wait before the next look, unless a look says otherwise.</param>
/// <param name="failed">What could not be done when a look fails, for the log.</param>
/// <param name="log">Where that is noted.</param>
/// <param name="bell">Wakes it before its time; null when nothing does.</param>
internal abstract class Worker(TimeSpan every, string failed, ILogger log, Bell? bell = null) : BackgroundService
{
    /// <summary>How long to wait before the next look.</summary>
    protected TimeSpan Every => every;

    /// <summary>Does what is due now.</summary>
    /// <returns>How long to wait at most before the next look.</returns>
    protected abstract Task<TimeSpan> Look(CancellationToken cancel);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = every;
            try
            {
                wait = await Look(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "{Failed}; trying again", failed);
            }

            await (bell?.Wait(wait, stoppingToken) ?? Task.Delay(wait, stoppingToken));
        }
    }
}
