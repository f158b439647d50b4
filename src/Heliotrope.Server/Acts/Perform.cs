using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Core.Acts;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Macros;
using Heliotrope.Core.Notifications;
using Heliotrope.Core.People;
using Heliotrope.Core.Promises;
using Heliotrope.Server.Assignment;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Tags;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Acts;

/// <summary>
/// Does a list of acts to a conversation, all of them or none, through the very operations that people use one by one. What it would do is planned first
/// and can be shown without doing it.
/// </summary>
internal sealed class Perform(Resolve resolve, Reply reply, AnswerByRule answer, Current<TeamRules> rules)
{
    /// <summary>A team larger than this is told by its list.</summary>
    private const int MostTold = 50;

    /// <summary>Does them within a transaction of the caller's, who rings the outbox's bell after it. Nothing has changed when it refuses; the refusal's field names the act.</summary>
    /// <param name="db">The database, in a transaction.</param>
    /// <param name="conversation">The conversation, tracked, its own changes saved.</param>
    /// <param name="acts">What to do.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="now">When (UTC).</param>
    /// <param name="book">Everybody and everything named, where the caller has it already.</param>
    /// <returns>What each act did, in the order in which they were done; or the refusal.</returns>
    public async Task<Result<IReadOnlyList<Step>>> On(HeliotropeDb db, Conversation conversation, IReadOnlyList<Act> acts, Actor actor, DateTimeOffset now, ActBook? book = null)
    {
        book ??= await ActBook.Of(db);
        var plan = await Plan(db, conversation, acts, actor, now, book);
        if (plan.Refusal is { } refusal)
        {
            return refusal;
        }

        if (ActPlan.RefusalOf(plan.Value) is { } refused)
        {
            return refused;
        }

        foreach (var step in plan.Value.Where(step => step.Effect is Effect.Changes))
        {
            if (await Do(db, conversation, step.Act, actor, now, book) is { } not)
            {
                return ActList.At(not, step.Index);
            }
        }

        await db.SaveChangesAsync();
        return plan;
    }

    /// <summary>What they would do, without doing it. A refusal is of the whole list; what one act cannot do stands in its step.</summary>
    public static async Task<Result<IReadOnlyList<Step>>> Plan(HeliotropeDb db, Conversation conversation, IReadOnlyList<Act> acts, Actor actor, DateTimeOffset now, ActBook book)
    {
        if (!actor.MayWork)
        {
            return Refusal.NotAllowed;
        }

        var meant = book.For(actor, acts);
        if (meant.Refusal is { } refusal)
        {
            return refusal;
        }

        var concrete = new List<Act>(acts.Count);
        foreach (var act in meant.Value)
        {
            concrete.Add(act is { Kind: ActKind.Assign, Value: Act.Best } ? act with { Value = await Best(db, conversation, meant.Value, now) } : act);
        }

        var number = conversation.Number;
        var tags = await db.ConversationTags.Where(t => t.ConversationNumber == number).Join(db.Tags, t => t.TagId, t => t.Id, (_, t) => t.Name).ToListAsync();
        var promises = concrete.Exists(act => act.Kind is ActKind.Resolve) ? await db.Promises.CountAsync(p => p.ConversationNumber == number && p.State == PromiseState.Open) : 0;
        if (concrete.Exists(act => act.Kind is ActKind.Reply or ActKind.Note))
        {
            var values = await MergeValues.Of(db, conversation, actor, await MergeValues.Language(db, conversation));
            concrete = concrete.ConvertAll(act => act.Kind is ActKind.Reply or ActKind.Note ? act with { Value = MacroText.Fill(act.Value, field => values.GetValueOrDefault(field)).Text } : act);
        }

        return ActPlan.Of(Standing.Of(conversation, tags, promises), concrete, now, ChangeTags.MostOnOne)
            .Select(step => step.Act.Kind is ActKind.Reply && Conversation.CheckReply(step.Act.Value) is { } unfilled ? step with { Effect = Effect.Refused, Refusal = unfilled } : step).ToList();
    }

    private static async Task Tell(HeliotropeDb db, Conversation conversation, string whom, Actor actor, DateTimeOffset now)
    {
        List<long> told = whom == Act.Assignee ? conversation.AssigneeId is { } assignee ? [assignee] : []
            : long.Parse(whom[5..], CultureInfo.InvariantCulture) is var id && whom.StartsWith("user:", StringComparison.Ordinal) ? [id]
            : await db.TeamMembers.Where(m => m.TeamId == id).OrderBy(m => m.UserId).Take(MostTold).Select(m => m.UserId).ToListAsync();
        foreach (var user in told)
        {
            await Notify.Write(db, user, Reason.Rule, conversation, $"{actor.Name}: {conversation.Preview}", actor, now);
        }
    }

    private static async Task<string> Best(HeliotropeDb db, Conversation conversation, IReadOnlyList<Act> acts, DateTimeOffset now)
    {
        var given = acts.FirstOrDefault(act => act.Kind is ActKind.Team);
        var team = given is null ? conversation.TeamId : given.Value.Length == 0 ? null : long.Parse(given.Value, CultureInfo.InvariantCulture);
        var chosen = await (await Board.Of(db, team)).Choose(db, conversation, now);
        return (chosen?.Colleague.Id ?? conversation.AssigneeId)?.ToString(CultureInfo.InvariantCulture) ?? ""; // with nobody free it stays where it is
    }

    private async Task<Refusal?> Do(HeliotropeDb db, Conversation conversation, Act act, Actor actor, DateTimeOffset now, ActBook book)
    {
        switch (act.Kind)
        {
            case ActKind.Assign:
                await Assign.Do(db, conversation, actor, act.Value.Length == 0 ? null : await db.Users.FindAsync(long.Parse(act.Value, CultureInfo.InvariantCulture)), now);
                return null;
            case ActKind.Team:
                GiveToTeam.Do(conversation, actor, book.Team(act.Value), await rules.Get(), now);
                return null;
            case ActKind.Driver:
                SetDriver.Do(conversation, actor, book.Driver(act.Value), await rules.Get(), now);
                return null;
            case ActKind.Tag:
                return await ChangeTags.Do(db, conversation, actor, new([act.Value], []), now);
            case ActKind.Untag:
                return await ChangeTags.Do(db, conversation, actor, new([], [act.Value]), now);
            case ActKind.Snooze:
                return conversation.Snooze(actor, RestFor.Until(act.Value, now), now).Refusal;
            case ActKind.Resolve:
                return await resolve.Do(db, conversation, actor, now);
            case ActKind.Reopen:
                return conversation.Reopen(actor, now, (await rules.Get()).For(conversation)).Refusal;
            case ActKind.Spam or ActKind.NotSpam:
                conversation.MarkSpam(actor, act.Kind is ActKind.Spam, now);
                return null;
            case ActKind.Note:
                return conversation.Note(actor, act.Value, now).Refusal;
            case ActKind.Reply when actor.Kind is ActorKind.Rule:
                return await answer.Write(db, conversation, act.Value, actor, now);
            case ActKind.Reply:
                return await reply.Write(db, actor, conversation.Number, new(act.Value, [], [], []), resolve: false);
            default: // tell somebody
                await Tell(db, conversation, act.Value, actor, now);
                return null;
        }
    }
}
