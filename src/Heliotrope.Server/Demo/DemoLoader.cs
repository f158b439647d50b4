using System.Threading.Channels;
using Heliotrope.Core;
using Heliotrope.Core.People;
using Heliotrope.Server.Settings;

namespace Heliotrope.Server.Demo;

/// <summary>Plays the demo company in behind the page that asked for it; the open pages fill up meanwhile.</summary>
internal sealed class DemoLoader(LoadDemo load, ILogger<DemoLoader> log) : BackgroundService
{
    private readonly Channel<Wish> _wishes = Channel.CreateBounded<Wish>(8);

    /// <summary>Begins, or says why not.</summary>
    public async Task<Result<DemoDetails>> Begin(Actor actor, CancellationToken cancel)
    {
        // Asked here, or a second wish would wait until the first has been played to its end.
        switch (await load.Show(actor))
        {
            case { Refusal: { } refused }:
                return refused;
            case { Value.State: DemoState.Loading }:
                return Replaying.Busy;
            case { Value.State: not DemoState.None }:
                return DemoStates.IsHere;
        }

        var wish = new Wish(actor);
        await _wishes.Writer.WriteAsync(wish, cancel);
        return await wish.Begun.Task.WaitAsync(cancel) is { } refusal ? refusal : new DemoDetails(DemoState.Loading);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var wish in _wishes.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                var result = await load.Run(
                    wish.Actor,
                    (_, _) =>
                    {
                        wish.Begun.TrySetResult(null);
                        return Task.CompletedTask;
                    },
                    stoppingToken);
                if (!wish.Begun.TrySetResult(result.Refusal) && result.Refusal is { } stopped)
                {
                    log.LogError("The demo company could not be loaded: {Detail}", stopped.Detail);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // the outermost loop: logged, and told to whoever asked
            {
                log.LogError(e, "The demo company could not be loaded");
                wish.Begun.TrySetException(e);
            }
        }
    }

    private sealed record Wish(Actor Actor)
    {
        /// <summary>Null once it has begun; a refusal when it does not.</summary>
        public TaskCompletionSource<Refusal?> Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
