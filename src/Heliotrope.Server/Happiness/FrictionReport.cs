using Heliotrope.Core.Happiness;
using Heliotrope.Server.Figures;

namespace Heliotrope.Server.Happiness;

/// <summary>What made it hard for customers, together.</summary>
/// <param name="MedianHoldSeconds">Half of them waited no longer for a person; null when nobody was answered.</param>
/// <param name="P90HoldSeconds">Nine in ten waited no longer; null when nobody was answered.</param>
/// <param name="Transfers">Changes of the person or team.</param>
/// <param name="Repeats">How often they wrote again unanswered, or said the same again.</param>
/// <param name="ReAsks">What we asked for although they had said it.</param>
/// <param name="ChannelSwitches">How often they went on elsewhere.</param>
/// <param name="BotLoops">How often they answered automatic words before a person came.</param>
/// <param name="PerConversation">All that is counted, a conversation; null when there is none.</param>
/// <param name="Largest">The largest part of what is counted: transfers, repeats, re-asks, channel-switches or bot-loops; null when there was no friction.</param>
public sealed record FrictionReport(
    double? MedianHoldSeconds, double? P90HoldSeconds, int Transfers, int Repeats, int ReAsks, int ChannelSwitches, int BotLoops, double? PerConversation, string? Largest)
{
    internal static FrictionReport Of(List<MatterFigures> matters)
    {
        var hold = Spread.Of(matters.Where(m => m.Hold >= 0).Select(m => TimeSpan.FromSeconds(m.Hold)));
        var parts = Frictions.Counted.Select(part => (part.Name, Sum: matters.Sum(part.Count))).ToList();
        var most = parts.MaxBy(part => part.Sum);
        int Sum(string name) => parts.Find(part => part.Name == name).Sum;
        return new(
            hold?.Median.TotalSeconds, hold?.P90.TotalSeconds, Sum("transfers"), Sum("repeats"), Sum("re-asks"), Sum("channel-switches"), Sum("bot-loops"),
            matters.Count == 0 ? null : (double)parts.Sum(part => part.Sum) / matters.Count, most.Sum > 0 ? most.Name : null);
    }
}

/// <summary>One friction in the matters of one driver.</summary>
/// <param name="Part">held, transfers, repeats, re-asks, channel-switches or bot-loops.</param>
/// <param name="Driver">The driver's id; 0 for none.</param>
/// <param name="Count">In how many conversations.</param>
public sealed record WorstFriction(string Part, long Driver, int Count);

/// <summary>The parts of friction.</summary>
internal static class Frictions
{
    public static readonly IReadOnlyList<(string Name, Func<MatterFigures, int> Count)> Counted =
        [("transfers", m => m.Transfers), ("repeats", m => m.Repeats), ("re-asks", m => m.ReAsks), ("channel-switches", m => m.ChannelSwitches), ("bot-loops", m => m.BotLoops)];

    /// <summary>The frictions that met most customers, each within one driver. Held means longer than the team has set itself.</summary>
    public static IReadOnlyList<WorstFriction> Worst(List<MatterFigures> matters, int most) =>
    [
        .. Counted.Append(("held", m => m.FirstOnTime is false ? 1 : 0))
            .SelectMany(part => matters.Where(m => part.Item2(m) > 0).GroupBy(m => m.Driver).Select(g => new WorstFriction(part.Item1, g.Key, g.Count())))
            .OrderByDescending(w => w.Count).ThenBy(w => w.Part, StringComparer.Ordinal).ThenBy(w => w.Driver).Take(most),
    ];
}
