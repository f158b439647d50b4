using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Undo;

namespace Heliotrope.Server.Conversations;

/// <summary>What the small operations on one conversation share: find it and change it; and what the API answers after it.</summary>
internal static class ChangeConversation
{
    public static Task<Refusal?> Change(this Store store, Actor actor, long number, Func<HeliotropeDb, Conversation, Task<Refusal?>> change, CancellationToken cancel) =>
        store.Change(actor, actor.MayWork, number, change, cancel);

    /// <summary>The same for what others may do, too: somebody who only reads may write a note.</summary>
    public static async Task<Refusal?> Change(this Store store, Actor actor, bool may, long number, Func<HeliotropeDb, Conversation, Task<Refusal?>> change, CancellationToken cancel) => may
        ? await store.Write<Refusal?>(
            actor,
            async db => await db.Conversations.FindAsync(number) is { } conversation ? await change(db, conversation) : Refusal.NoConversation(number),
            cancel)
        : Refusal.NotAllowed;

    /// <summary>The same, so that it can be taken back.</summary>
    public static async Task<Done> ChangeUndoably(
        this Store store, Actor actor, string what, long number, Func<HeliotropeDb, Conversation, Task<Refusal?>> change, CancellationToken cancel) => actor.MayWork
        ? await store.Undoable(
            actor,
            what,
            async db => await db.Conversations.FindAsync(number) is { } conversation ? await change(db, conversation) : Refusal.NoConversation(number),
            cancel,
            string.Create(CultureInfo.InvariantCulture, $"#{number}"))
        : Refusal.NotAllowed;

    /// <summary>A conversation as it stands.</summary>
    public static async Task<Result<ConversationDetails>> Show(this Store store, Actor actor, long number, DateTimeOffset now, Func<Attachment, string>? pictureAt = null, TimelinePart? part = null) =>
        await store.Read(actor, db => GetConversation.Read(db, number, now, pictureAt, part)) is { } found ? found : Refusal.NoConversation(number);

    /// <summary>The API's answer to a change: the conversation, read once the change is stored, since others wait while it is being stored.</summary>
    public static async Task<IResult> Shown(this HttpContext http, long number, Refusal? refusal) =>
        refusal is { } no ? no.ToProblem() : (await http.RequestServices.GetRequiredService<GetConversation>().Run(http.Actor(), number)).ToApi();

    /// <summary>The same, with the token that takes the change back.</summary>
    public static async Task<IResult> Shown(this HttpContext http, long number, Done done) =>
        done.Refusal is { } no ? no.ToProblem() : (await http.RequestServices.GetRequiredService<GetConversation>().Run(http.Actor(), number)).With(done).ToApi();

    private static Result<ConversationDetails> With(this Result<ConversationDetails> read, Done done) =>
        read.Refusal is { } refusal ? refusal : read.Value with { Undo = done.Undo };
}
