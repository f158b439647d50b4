using Heliotrope.Core.Conversations;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Database;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Figures;

/// <summary>Reads the figures of a span of time: whole days from what is packed, the others one by one. Both give the same.</summary>
internal static class ReadMatters
{
    /// <summary>The conversations in which the customer first wrote in this span, as far as whoever asks may see them. Spam is in no figure.</summary>
    /// <param name="db">The database.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The first instant after it.</param>
    public static async Task<List<MatterFigures>> Started(HeliotropeDb db, DateTimeOffset from, DateTimeOffset to)
    {
        var matters = new List<MatterFigures>();
        if (from >= to)
        {
            return matters;
        }

        var (first, last) = (FigureDay.Of(from), FigureDay.Of(to.AddTicks(-1)));
        var packed = new Dictionary<int, byte[]>();
        await foreach (var day in db.FigureDays.AsNoTracking().Where(d => d.Day >= first && d.Day <= last && d.Packed != null).Select(d => new { d.Day, d.Packed }).AsAsyncEnumerable())
        {
            packed[day.Day] = day.Packed!;
        }

        for (var day = first; day <= last; day++)
        {
            if (packed.TryGetValue(day, out var bytes) && Packed.Read(bytes, matters))
            {
                continue;
            }

            // Days that are read one by one are read together.
            var end = day;
            while (end < last && !packed.ContainsKey(end + 1))
            {
                end++;
            }

            matters.AddRange(await OneByOne(db, FigureDay.StartOf(day), FigureDay.StartOf(end + 1)));
            day = end;
        }

        var (fromMicro, toMicro) = (MatterFigures.Micro(from), MatterFigures.Micro(to));
        var hidden = db.HiddenTeams;
        matters.RemoveAll(m => m.StartedMicro < fromMicro || m.StartedMicro >= toMicro || (m.Team != 0 && hidden.Length > 0 && hidden.Contains(m.Team)));
        return matters;
    }

    /// <summary>The same, never packed.</summary>
    public static async Task<List<MatterFigures>> OneByOne(HeliotropeDb db, DateTimeOffset from, DateTimeOffset to)
    {
        var rows = await (
            from c in db.Conversations.WithoutSpam().Where(c => c.HappinessStartedAt >= @from && c.HappinessStartedAt < to)
            join f in db.Figures on c.Number equals f.ConversationNumber into figures
            from f in figures.DefaultIfEmpty()
            select new
            {
                c.Number,
                c.HappinessStartedAt,
                c.HappinessEndedAt,
                c.HappinessEnd,
                c.Channel,
                c.TeamId,
                c.DriverId,
                c.Demo,
                c.FirstAnswerOnTime,
                c.NextAnswersOnTime,
                c.NextAnswersLate,
                f.Grade,
                Score = (int?)f.Score,
                f.Recovery,
                Missed = (int?)f.StepsMissed,
                f.HoldSeconds,
                Transfers = (int?)f.Transfers,
                Repeats = (int?)f.Repeats,
                ReAsks = (int?)f.ReAsks,
                Switches = (int?)f.ChannelSwitches,
                Loops = (int?)f.BotLoops,
                f.RecoveryOpenedAt,
                f.RecoveryEndedAt,
                f.PersonId,
            }).AsNoTracking().ToListAsync();
        return rows.ConvertAll(r => new MatterFigures
        {
            Number = r.Number,
            StartedMicro = MatterFigures.Micro(r.HappinessStartedAt!.Value),
            EndedMicro = r.HappinessEndedAt is { } ended ? MatterFigures.Micro(ended) : -1,
            End = r.HappinessEnd,
            Channel = r.Channel,
            Grade = r.Grade,
            Score = (sbyte)(r.Score ?? 0),
            Recovery = r.Recovery,
            StepsMissed = (byte)(r.Missed ?? 0),
            Demo = r.Demo,
            FirstOnTime = r.FirstAnswerOnTime,
            NextOnTime = r.NextAnswersOnTime,
            NextLate = r.NextAnswersLate,
            Hold = (int)(r.HoldSeconds ?? -1),
            Transfers = r.Transfers ?? 0,
            Repeats = r.Repeats ?? 0,
            ReAsks = r.ReAsks ?? 0,
            ChannelSwitches = r.Switches ?? 0,
            BotLoops = r.Loops ?? 0,
            RecoverySeconds = r is { RecoveryOpenedAt: { } opened, RecoveryEndedAt: { } over } ? (int)(over - opened).TotalSeconds : -1,
            Team = (int)(r.TeamId ?? 0),
            Driver = (int)(r.DriverId ?? 0),
            Person = (int)(r.PersonId ?? 0),
        });
    }
}
