using Heliotrope.Core;
using Heliotrope.Core.Conversations;
using Heliotrope.Core.Figures;
using Heliotrope.Core.Happiness;
using Heliotrope.Core.People;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Figures;

/// <summary>What to do.</summary>
/// <param name="Check">Change nothing, and only say what differs.</param>
public sealed record RecomputeBody(bool Check = false);

/// <summary>Where what is kept differs from what the entries say.</summary>
/// <param name="Conversation">The conversation; 0 for a whole day of reports.</param>
/// <param name="What">Which of its figures: hold, recovery, grade and so on; clock, answers, missing, or a day.</param>
public sealed record FigureDifference(long Conversation, string What);

/// <summary>What came of it.</summary>
/// <param name="Conversations">How many were looked at.</param>
/// <param name="Different">How many of them differed.</param>
/// <param name="Differences">The first fifty.</param>
public sealed record Recomputed(int Conversations, int Different, IReadOnlyList<FigureDifference> Differences);

/// <summary>Counts all figures from the entries once more, beside what is kept.</summary>
internal sealed class Recompute(Store store)
{
    private const int MostAtOnce = 200;
    private const int MostTold = 50;

    public async Task<Result<Recomputed>> Run(Actor actor, RecomputeBody body, CancellationToken cancel)
    {
        if (!actor.MayAdminister)
        {
            return Refusal.NotAllowed;
        }

        var (seen, different, told) = (0, 0, new List<FigureDifference>());
        for (var after = 0L; ;)
        {
            var numbers = await store.Read(db => db.Conversations.Where(c => c.Number > after).OrderBy(c => c.Number).Take(MostAtOnce).Select(c => c.Number).ToListAsync(cancel));
            if (numbers.Count == 0)
            {
                break;
            }

            var found = await store.Read(db => Differences(db, numbers, cancel));
            if (found.Count > 0)
            {
                // Something may have been written in between: only what still differs while nobody writes does.
                List<long> those = [.. found.Select(f => f.Conversation).Distinct()];
                found = await store.Write(db => Settle(db, those, body.Check, cancel), cancel);
            }

            (seen, different, after) = (seen + numbers.Count, different + found.Select(f => f.Conversation).Distinct().Count(), numbers[^1]);
            told.AddRange(found.Take(MostTold - told.Count));
        }

        var days = await Days(body.Check, cancel);
        told.AddRange(days.Take(MostTold - told.Count));
        return new Recomputed(seen, different + days.Count, told);
    }

    private static async Task<List<FigureDifference>> Settle(HeliotropeDb db, List<long> numbers, bool check, CancellationToken cancel)
    {
        var found = await Differences(db, numbers, cancel);
        if (check || found.Count == 0)
        {
            return found;
        }

        await KeepFigures.Write(db, numbers, cancel);
        foreach (var one in await Histories.Of(db, numbers))
        {
            var (clock, answers) = (Clock(one), Answers(one));
            await db.Conversations.IgnoreQueryFilters().Where(c => c.Number == one.History.Number).ExecuteUpdateAsync(
                set => set.SetProperty(c => c.HappinessStartedAt, clock.StartedAt).SetProperty(c => c.HappinessEndedAt, clock.EndedAt).SetProperty(c => c.HappinessEnd, clock.End)
                    .SetProperty(c => c.FirstAnswerOnTime, answers.First).SetProperty(c => c.NextAnswersOnTime, answers.NextKept).SetProperty(c => c.NextAnswersLate, answers.NextLate),
                cancel);
        }

        await KeepFigures.Write(db, numbers, cancel); // a clock that was put right grades anew
        return found;
    }

    private static async Task<List<FigureDifference>> Differences(HeliotropeDb db, List<long> numbers, CancellationToken cancel)
    {
        var baselines = new Baselines(db) { Only = true };
        var kept = await db.Figures.IgnoreQueryFilters().AsNoTracking().Where(f => numbers.Contains(f.ConversationNumber)).ToDictionaryAsync(f => f.ConversationNumber, cancel);
        var answers = await db.Conversations.IgnoreQueryFilters().Where(c => numbers.Contains(c.Number))
            .Select(c => new { c.Number, Answers = new OnTime(c.FirstAnswerOnTime, c.NextAnswersOnTime, c.NextAnswersLate) }).ToDictionaryAsync(c => c.Number, c => c.Answers, cancel);
        var found = new List<FigureDifference>();
        foreach (var one in await Histories.Of(db, numbers))
        {
            var number = one.History.Number;
            found.AddRange(kept.TryGetValue(number, out var before) ? Names(before, await KeepFigures.Of(one, baselines)).Select(name => new FigureDifference(number, name)) : [new(number, "missing")]);
            if (Clock(one) != one.History.Clock)
            {
                found.Add(new(number, "clock"));
            }

            if (Answers(one) != answers[number])
            {
                found.Add(new(number, "answers"));
            }
        }

        return found;
    }

    private static HappinessClock Clock(Told told) => ClockReading.Of(told.History.Happened, told.History.Clock) ?? told.History.Clock;

    private static OnTime Answers(Told told) => Said.Answers(told.History.Happened.Where(h => h.IsAnswer).Select(h => new Said(h.At, Direction.Out, default, "", h.DueAt)));

    /// <summary>The names of what differs, as programs write them.</summary>
    private static IEnumerable<string> Names(ConversationFigures kept, ConversationFigures counted) => kept == counted ? [] : typeof(ConversationFigures).GetProperties()
        .Where(p => p.CanWrite && !Equals(p.GetValue(kept), p.GetValue(counted))).Select(p => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(p.Name));

    /// <summary>Days that are packed differently from what lies there.</summary>
    private async Task<List<FigureDifference>> Days(bool check, CancellationToken cancel)
    {
        var found = new List<FigureDifference>();
        foreach (var day in await store.Read(db => db.FigureDays.Where(d => d.Packed != null).OrderBy(d => d.Day).Select(d => d.Day).ToListAsync(cancel)))
        {
            if (await store.Read(db => Differs(db, day, cancel)) && await store.Write(db => Differs(db, day, cancel), cancel))
            {
                found.Add(new(0, DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
            }
        }

        if (!check && found.Count > 0)
        {
            await store.Write(db => KeepFigures.ForgetDays(db, cancel), cancel);
        }

        return found;
    }

    private static async Task<bool> Differs(HeliotropeDb db, int day, CancellationToken cancel)
    {
        var packed = await db.FigureDays.Where(d => d.Day == day).Select(d => d.Packed).FirstOrDefaultAsync(cancel);
        var read = new List<MatterFigures>();
        return packed is not null && Packed.Read(packed, read)
            && !read.ToHashSet().SetEquals(await ReadMatters.OneByOne(db, FigureDay.StartOf(day), FigureDay.StartOf(day + 1)));
    }
}
