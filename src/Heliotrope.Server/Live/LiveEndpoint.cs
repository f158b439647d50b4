using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Live;

/// <summary>What an open page hears: {"conversations":[12,13]} or {"all":true}.</summary>
/// <param name="All">Anything may have changed.</param>
/// <param name="Conversations">These changed, and may stand elsewhere in the lists.</param>
/// <param name="Within">In these something changed that no list shows.</param>
/// <param name="Spread">Milliseconds over which pages that show lists may spread their asking again.</param>
/// <param name="Mark">How far the news had come: a page with an earlier mark may lack them.</param>
internal sealed record LiveEvent(bool? All, IReadOnlyCollection<long>? Conversations, IReadOnlyCollection<long>? Within = null, int? Spread = null, string? Mark = null);

/// <summary>Who else has a conversation open now, as a page hears it under the name "presence".</summary>
internal sealed record PresenceEvent(long Conversation, IEnumerable<PersonThere> People);

/// <param name="Id">Tells people apart.</param>
/// <param name="Name">The name.</param>
/// <param name="Face">The letters of the name.</param>
/// <param name="Doing">reading, writing-reply or writing-note.</param>
internal sealed record PersonThere(string Id, string Name, string Face, Doing Doing);

/// <summary>The stream that keeps open pages true. One serves all tabs of a browser: HTTP/1.1 allows six to a host.</summary>
internal static class LiveEndpoint
{
    /// <summary>Proxies close what stays silent for a minute.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(25);

    /// <summary>Notes before a page is made how far the news had come; its stream then knows whether it has missed any.</summary>
    public static ValueTask<object?> NoteMark(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Items[nameof(LiveUpdates.Mark)] = context.HttpContext.RequestServices.GetRequiredService<LiveUpdates>().Mark;
        return next(context);
    }

    public static string? MarkOf(HttpContext? page) => page?.Items[nameof(LiveUpdates.Mark)] as string;

    /// <summary>With <c>since</c>, the mark of the page that listens, anything missed since it was made is told first.</summary>
    public static void Map(IEndpointRouteBuilder desk) => desk.MapGet("/live", (string? since, LiveUpdates live, Presence presence, Store store, OpenDesks desks, IHostApplicationLifetime lifetime, HttpContext http) =>
    {
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.RegisterForDispose(ends);
        return TypedResults.ServerSentEvents(Events(since, live, presence, store, desks, http.Actor(), ends.Token));
    });

    private static async IAsyncEnumerable<SseItem<object>> Events(string? since, LiveUpdates live, Presence presence, Store store, OpenDesks desks, Actor actor, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var listening = live.Listen();
        var pending = new PendingNews(actor.Person);
        pending.Add(new(since is not null && since != live.Mark, [], [], since is null ? [] : presence.Visited(), []));

        // So that the browser knows at once that it is connected; and so that after a restart not all come back in the same second.
        yield return new(new LiveEvent(null, []), "hello") { ReconnectionInterval = TimeSpan.FromMilliseconds(Random.Shared.Next(1000, 4000)) };
        while (!cancel.IsCancellationRequested)
        {
            var came = await Next(listening, pending.Wait ?? Heartbeat, cancel);
            while (listening.Changes.TryRead(out var change))
            {
                pending.Add(change);
            }

            if (cancel.IsCancellationRequested)
            {
                yield break;
            }

            var mark = live.Mark;
            if (pending.TakeNews(live.Listeners) is { } news)
            {
                if (await Visible(news with { Mark = mark }, store, actor) is { } visible)
                {
                    yield return new(visible);
                }
            }

            if (pending.TakeBell())
            {
                yield return new(new LiveEvent(null, []), "bell"); // what rings it is asked for, so that only whoever may see it is told
            }

            foreach (var conversation in await store.Seen(actor, pending.TakePresence()))
            {
                yield return new(Told(presence, conversation, actor), "presence");
            }

            if (!came && pending.Wait is null)
            {
                await desks.Note(actor);
                yield return new(new LiveEvent(null, []), "heartbeat");
            }
        }
    }

    /// <summary>The news without conversations that this actor may not see; null when nothing is left of it.</summary>
    private static async Task<LiveEvent?> Visible(LiveEvent news, Store store, Actor actor)
    {
        if (news.All is true || await store.SeesAll(actor))
        {
            return news;
        }

        var seen = new HashSet<long>(await store.Seen(actor, [.. news.Conversations ?? [], .. news.Within ?? []])) { LiveChange.Settings };
        var (conversations, within) = ((news.Conversations ?? []).Where(seen.Contains).ToList(), (news.Within ?? []).Where(seen.Contains).ToList());
        return conversations.Count + within.Count == 0 ? null : news with { Conversations = conversations, Within = within.Count == 0 ? null : within };
    }

    private static PresenceEvent Told(Presence presence, long conversation, Actor actor) => new(
        conversation,
        presence.Others(conversation, actor.Kind, actor.Id ?? 0).Select(s => new PersonThere(s.Key, s.Name, Face.LettersOf(s.Name), s.Doing)));

    private static async Task<bool> Next(LiveUpdates.Listener listening, TimeSpan longest, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(longest);
        try
        {
            return await listening.Changes.WaitToReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return false; // nothing came, the page is gone, or the server stops
        }
    }
}
