using Heliotrope.Core.Reading;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Live;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Promises;
using Heliotrope.Server.Reading;
using Heliotrope.Server.Recovery;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Spam;
using Heliotrope.Server.Teams;

namespace Heliotrope.Server.Replay;

/// <summary>The operations of the desk once more, with the clock of a history and with an outbox that nothing leaves; the database and the open pages are the server's.</summary>
internal static class ReplayServices
{
    public static ServiceProvider With(ReplayClock clock, IServiceProvider server)
    {
        var services = new ServiceCollection();
        services.AddSingleton(server.GetRequiredService<ILoggerFactory>());
        services.AddLogging();
        services.AddHttpContextAccessor();
        services.AddAuthentication();
        services.AddHeliotrope(server.GetRequiredService<ServerSettings>());
        Share<Store>();
        Share<LiveUpdates>();
        Share<IEngine>();
        Share<PublicAddress>();
        Share<Current<Organisation>>();
        Share<Current<TeamRules>>();
        Share<Current<BlockedSenders>>();
        Share<Current<LearnedWords>>();
        Share<DriverMemory>();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(clock);
        services.AddSingleton(new Departure(OutboxState.Replayed));
        services.AddSingleton<SilenceWorker>().AddSingleton<LoseRecoveries>().AddSingleton<SnoozeWorker>().AddSingleton<PromiseWorker>().AddSingleton<ReplaySteps>().AddSingleton<ReplayDesk>().AddSingleton<ReplayStage>().AddSingleton<ReplayPlayer>();
        return services.BuildServiceProvider();

        // An instance that was made elsewhere is not disposed of here.
        void Share<T>()
            where T : class => services.AddSingleton(server.GetRequiredService<T>());
    }
}
