using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Macros;
using Heliotrope.Core.People;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Macros;

/// <summary>How a macro is used by a program.</summary>
/// <param name="DryRun">Only says what would be said and done.</param>
/// <param name="Seen">As for a reply: the id of the last entry that is known; null for no check.</param>
public sealed record UseMacroBody(bool DryRun = false, long? Seen = null);

/// <summary>A merge field in the words of a macro.</summary>
/// <param name="At">Where what stands for it begins, in UTF-16 units.</param>
/// <param name="Length">Its length.</param>
/// <param name="Field">The field.</param>
/// <param name="Source">What it is, in words.</param>
/// <param name="Missing">There is nothing to put there: with it nothing is sent.</param>
/// <param name="Fallback">What stands there are the words for when there is nothing.</param>
public sealed record PieceDetails(int At, int Length, string Field, string Source, bool Missing, bool Fallback);

/// <summary>What a macro says and does in one conversation.</summary>
/// <param name="Id">The macro.</param>
/// <param name="Name">Its name.</param>
/// <param name="Text">The words, filled; empty when it only does things.</param>
/// <param name="Pieces">What was filled, and what could not be.</param>
/// <param name="Acts">What is done along with the sending, in words.</param>
/// <param name="Done">Whether it was done.</param>
public sealed record UsedMacro(long Id, string Name, string Text, IReadOnlyList<PieceDetails> Pieces, IReadOnlyList<string> Acts, bool Done);

/// <summary>Uses a macro: its words are the reply, and what it does happens in the same transaction.</summary>
internal sealed class UseMacro(Store store, Reply reply, MacroActs doing, OutboxBell bell, TimeProvider time)
{
    public async Task<Result<UsedMacro>> Run(Actor actor, long number, long id, UseMacroBody body, CancellationToken cancel)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        if (body.DryRun)
        {
            return await Show(actor, number, id);
        }

        var used = await store.Write(actor, db => Write(db, actor, number, id, body.Seen), cancel);
        bell.Ring();
        return used;
    }

    /// <summary>What it would say and do.</summary>
    public Task<Result<UsedMacro>> Show(Actor actor, long number, long id) => store.Read<Result<UsedMacro>>(actor, async db =>
    {
        var found = await Find(db, actor, number, id);
        return found.Refusal is { } refusal ? refusal : await Filled(db, actor, found.Value.Conversation, found.Value.Macro, time.Now());
    });

    private async Task<Result<UsedMacro>> Write(HeliotropeDb db, Actor actor, long number, long id, long? seen)
    {
        var found = await Find(db, actor, number, id);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var (conversation, macro) = found.Value;
        if (await Crossings.Check(db, number, seen, actor.Person) is { } crossed)
        {
            return crossed;
        }

        var filled = await Filled(db, actor, conversation, macro, time.Now());
        var acts = MacroActs.Of(macro);
        if (acts.Refusal is { } broken)
        {
            return broken;
        }

        if (filled.Text.Length > 0 && await reply.Write(db, actor, number, new(filled.Text, [], [], []), acts.Value.Any(act => act.Kind is ActKind.Resolve)) is { } refused)
        {
            return refused;
        }

        return await doing.Write(db, conversation, macro, actor, filled.Text.Length > 0) is { } not ? not : filled with { Done = true };
    }

    /// <summary>Those that were chosen with a reply, without their words: they stand in it already.</summary>
    public static async Task<IReadOnlyList<UsedMacro>> In(HeliotropeDb db, Actor actor, IReadOnlyList<long> ids)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var book = await ActBook.Of(db);
        var macros = await db.MacrosFor(actor).Where(m => ids.Contains(m.Id)).OrderBy(m => m.Id).ToListAsync();
        return macros.ConvertAll(macro => new UsedMacro(macro.Id, macro.Name, "", [], MacroActs.Of(macro).Match<IReadOnlyList<string>>(acts => [.. acts.Select(act => ActWords.Describe(act, book))], _ => []), Done: false));
    }

    private static async Task<UsedMacro> Filled(HeliotropeDb db, Actor actor, Conversation conversation, Macro macro, DateTimeOffset now)
    {
        var language = await MergeValues.Language(db, conversation);
        var words = macro.In(language);
        var values = words is null ? new Dictionary<string, string>() : await MergeValues.Of(db, conversation, actor, words.Language.Length > 0 ? words.Language : language);
        var filled = MacroText.Fill(words?.Text ?? "", field => values.GetValueOrDefault(field));
        var book = await ActBook.Of(db);
        var plan = MacroActs.Of(macro) is { Refusal: null } acts ? await Perform.Plan(db, conversation, acts.Value, actor, now, book) : new Result<IReadOnlyList<Step>>();
        return new(
            macro.Id, macro.Name, filled.Text, [.. filled.Pieces.Select(piece => new PieceDetails(piece.At, piece.Length, piece.Field, MacroWordsOf.Field(piece.Field), piece.Missing, piece.Fallback))],
            plan is { Refusal: null, Value: { } steps } ? [.. steps.Select(step => ActWords.Outcome(step, book))] : [], Done: false);
    }

    private static async Task<Result<(Conversation Conversation, Macro Macro)>> Find(HeliotropeDb db, Actor actor, long number, long id) =>
        await db.Conversations.FirstOrDefaultAsync(c => c.Number == number) is not { } conversation ? Refusal.NoConversation(number)
        : await db.MacrosIn(actor, number).Include(m => m.Words).FirstOrDefaultAsync(m => m.Id == id) is not { } macro ? ListMacros.Unknown(id)
        : (conversation, macro);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/conversations/{number:long}/macros/{id:long}",
            async (long number, long id, UseMacroBody? body, UseMacro use, HttpContext http) => (await use.Run(http.Actor(), number, id, body ?? new(), http.RequestAborted)).ToApi())
        .WithName("useMacro").WithSummary("Use a macro in a conversation, or say what it would say and do").Answers<UsedMacro>();
}
