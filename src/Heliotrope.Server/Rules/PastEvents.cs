using System.Diagnostics;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Rules;
using Heliotrope.Core.Targets;
using Heliotrope.Server.Database;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Rules;

/// <summary>Something that happened, and would have set a rule off.</summary>
/// <param name="Entry">The entry that tells it.</param>
/// <param name="Conversation">The conversation.</param>
/// <param name="At">When (UTC).</param>
internal readonly record struct PastEvent(long Entry, long Conversation, DateTimeOffset At);

/// <summary>What happened in a time, read from the conversations' own entries, newest first.</summary>
/// <param name="Events">The events.</param>
/// <param name="Complete">All of the time was looked through.</param>
/// <param name="From">From when on it was (UTC).</param>
internal sealed record PastEvents(IReadOnlyList<PastEvent> Events, bool Complete, DateTimeOffset From)
{
    private const int PageSize = 5_000;

    /// <summary>Nobody waits longer for a try, and it reads no more than this.</summary>
    private const int MostRead = 200_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    private sealed record Line(long Id, long Conversation, EntryKind Kind, Direction? Direction, Author Author, long? User, long? Rule, string Text, DateTimeOffset At, DateTimeOffset BeganAt, long? Team, long? Driver, string OurAddress);

    public static async Task<PastEvents> Of(HeliotropeDb db, LiveRule rule, TeamRules teams, DateTimeOffset from, DateTimeOffset now)
    {
        var (lines, since, took) = (new List<Line>(), now, Stopwatch.StartNew());
        var (before, complete) = (long.MaxValue, false);
        while (lines.Count < MostRead && took.Elapsed < Longest)
        {
            // Ids rise as time goes on, save what an import brings; a page without anything of the time is the end of it.
            var page = await Page(db, before);
            var within = page.FindAll(line => line.At >= from);
            lines.AddRange(within);
            if (page.Count < PageSize || within.Count == 0)
            {
                complete = true;
                break;
            }

            (before, since) = (page[^1].Id, within.Min(line => line.At));
        }

        var events = rule.Plan.Trigger is RuleTrigger.Waits ? Waits(lines, rule, teams, now) : lines.Where(line => Is(line, rule.Plan.Trigger)).Select(line => new PastEvent(line.Id, line.Conversation, line.At));
        return new([.. events], complete, complete ? from : since);
    }

    private static Task<List<Line>> Page(HeliotropeDb db, long before) => db.Entries.Where(e => e.Id < before).OrderByDescending(e => e.Id).Take(PageSize)
        .Join(db.Conversations, e => e.ConversationNumber, c => c.Number, (e, c) => new { Entry = e, Conversation = c })
        .OrderByDescending(line => line.Entry.Id)
        .Select(line => new Line(
            line.Entry.Id, line.Conversation.Number, line.Entry.Kind, line.Entry.Direction, line.Entry.Author, line.Entry.UserId, line.Entry.RuleId,
            line.Entry.Kind == EntryKind.Event ? line.Entry.Text : "", line.Entry.At, line.Conversation.CreatedAt, line.Conversation.TeamId, line.Conversation.DriverId, line.Conversation.OurAddress))
        .ToListAsync();

    private static bool Is(Line line, RuleTrigger trigger) => line.Rule is null && (trigger is RuleTrigger.Began
        ? line.Direction is Direction.In && line.At == line.BeganAt
        : RuleTriggers.Of(line.Kind, line.Direction, line.Author, line.User, line.Text) == trigger);

    /// <summary>Each time that a customer waited so long: from their word to ours, by the hours of the conversation's team or brand of today.</summary>
    private static IEnumerable<PastEvent> Waits(List<Line> lines, LiveRule rule, TeamRules teams, DateTimeOffset now)
    {
        var found = new List<PastEvent>();
        foreach (var story in lines.GroupBy(line => line.Conversation))
        {
            Line? since = null;
            foreach (var line in story.Reverse().Append(null))
            {
                var ends = line is null || RuleTriggers.Of(line.Kind, line.Direction, line.Author, line.User, line.Text) is RuleTrigger.WeAnswered or RuleTrigger.Resolved;
                if (ends && since is not null)
                {
                    var due = DueAt(since.At, rule, teams.For(since.Team, since.Driver, since.OurAddress));
                    if (due <= (line?.At ?? now))
                    {
                        found.Add(new(since.Id, since.Conversation, due));
                    }

                    since = null;
                }
                else if (line is { Kind: EntryKind.Message, Direction: Direction.In, Author: not Author.Machine })
                {
                    since ??= line;
                }
            }
        }

        return found.OrderByDescending(e => e.Entry);
    }

    /// <summary>When somebody who waits has waited as long as a rule says.</summary>
    public static DateTimeOffset DueAt(DateTimeOffset since, LiveRule rule, AnswerRules hours) => rule.WorkingTime ? hours.Hours.Add(since, rule.Wait) : since + rule.Wait;
}
