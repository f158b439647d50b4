using Heliotrope.Server.Database.Postgres;
using Npgsql;

namespace Heliotrope.Server.Live;

/// <summary>Hears what other processes on the same PostgreSQL database changed. After every reconnect all pages look again.</summary>
internal sealed class PostgresListener(PostgresEngine engine, LiveUpdates live, ILogger<PostgresListener> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Listen(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // the outermost loop: logged, and tried again
            {
                log.LogWarning(e, "The connection that hears of other processes' changes was lost; trying again");
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    private async Task Listen(CancellationToken cancel)
    {
        await using var connection = await engine.Connect(cancel);
        connection.Notification += (_, notification) => live.Unpack(notification.Payload);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = $"LISTEN {PostgresEngine.Channel}";
            await command.ExecuteNonQueryAsync(cancel);
        }

        live.PublishAll();
        while (true)
        {
            await connection.WaitAsync(cancel);
        }
    }
}
