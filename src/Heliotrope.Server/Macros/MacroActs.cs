using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.People;
using Heliotrope.Server.Acts;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Macros;

/// <summary>Does what macros do, in the transaction that sends the words with which they were chosen.</summary>
internal sealed class MacroActs(Perform perform, TimeProvider time)
{
    /// <summary>It was written anew since it was chosen: what it does now nobody has looked at.</summary>
    private static readonly Refusal Changed = new(RefusalKind.Conflict, "macro.changed", "A macro of this reply was changed since it was chosen, or is gone.");

    /// <summary>What a macro does.</summary>
    public static Result<IReadOnlyList<Act>> Of(Macro macro) => ActList.FromJson(macro.Acts);

    /// <summary>The macros that were chosen with words, or why they cannot be done.</summary>
    /// <param name="db">The database.</param>
    /// <param name="number">The conversation.</param>
    /// <param name="ids">The macros.</param>
    /// <param name="actor">Who chose them.</param>
    /// <param name="chosen">When the words were last touched.</param>
    public static async Task<Result<IReadOnlyList<Macro>>> Chosen(HeliotropeDb db, long number, IReadOnlyList<long> ids, Actor actor, DateTimeOffset chosen)
    {
        if (ids.Count == 0)
        {
            return new List<Macro>();
        }

        var macros = await db.MacrosIn(actor, number).Where(m => ids.Contains(m.Id)).OrderBy(m => m.Id).ToListAsync();
        if (macros.Count < ids.Count || macros.Exists(macro => macro.UpdatedAt > chosen) || await db.Conversations.FindAsync(number) is not { } conversation)
        {
            return Changed;
        }

        var book = await ActBook.Of(db);
        foreach (var macro in macros)
        {
            var acts = Of(macro);
            var plan = acts.Refusal is { } broken ? broken : await Perform.Plan(db, conversation, acts.Value, actor, chosen, book);
            if ((plan.Refusal ?? ActPlan.RefusalOf([.. plan.Value.Where(step => step.Act.Kind is not ActKind.Resolve)])) is { } refusal)
            {
                return refusal;
            }
        }

        return macros;
    }

    /// <summary>Whether one of them resolves: then the reply does, so that the question comes after it.</summary>
    public static bool Resolves(IEnumerable<Macro> macros) => macros.Any(macro => Of(macro) is { Refusal: null } acts && acts.Value.Any(act => act.Kind is ActKind.Resolve));

    /// <summary>Does what a macro does and counts that it was used.</summary>
    /// <param name="db">The database, in the transaction that sends.</param>
    /// <param name="conversation">The conversation, its own changes saved.</param>
    /// <param name="macro">Which.</param>
    /// <param name="actor">Who chose it.</param>
    /// <param name="replied">Its words left before, and resolved when it resolves.</param>
    public async Task<Refusal?> Write(HeliotropeDb db, Conversation conversation, Macro macro, Actor actor, bool replied)
    {
        var acts = Of(macro);
        if (acts.Refusal is { } broken)
        {
            return broken;
        }

        List<Act> left = [.. acts.Value.Where(act => !replied || act.Kind is not ActKind.Resolve)];
        var now = time.Now();
        if (left.Count > 0 && (await perform.On(db, conversation, left, actor, now)).Refusal is { } refusal)
        {
            return refusal;
        }

        (macro.Uses, macro.UsedAt) = (macro.Uses + 1, now);
        await db.SaveChangesAsync();
        return null;
    }
}
