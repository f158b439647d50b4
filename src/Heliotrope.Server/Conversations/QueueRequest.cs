using System.Globalization;
using Heliotrope.Core.Views;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Teams;

namespace Heliotrope.Server.Conversations;

/// <summary>Which list a person looks at: one by name, or the conversations behind a figure; all of it, or those of a team, about a driver, on a channel or with a tag.</summary>
/// <param name="View">The list's name as the address has it, or the id of a saved view; null for the queue, and for the conversations behind a figure.</param>
/// <param name="From">Behind a figure: the first day on which they first wrote; null for a list by name.</param>
/// <param name="To">The last of these days; null when there is one.</param>
/// <param name="Ending">How they ended, as in <c>Ends.All</c>; null for all.</param>
/// <param name="Late">How their answers came, as in <c>BehindFigure.Lates</c>; null for all.</param>
/// <param name="Filter">Whose they are; null for everybody's.</param>
/// <param name="Tag">A tag that they have; null for all.</param>
/// <param name="After">The <see cref="Place"/> behind which this page begins; null for the first.</param>
public sealed record QueueRequest(
    string? View = null, DateOnly? From = null, DateOnly? To = null, string? Ending = null, string? Late = null, FigureFilter? Filter = null, string? Tag = null, string? After = null)
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>Whose conversations these are.</summary>
    public FigureFilter Filter { get; init; } = Filter ?? new();

    /// <summary>What else a figure counts, as in <c>BehindFigure.Which</c>; null for nothing.</summary>
    public string? Figure { get; init; }

    /// <summary>Behind a figure: who else caused it; null for nobody in particular.</summary>
    public string? Cause { get; init; }

    /// <summary>What to look for, in the language of the search; null for no more than the list says.</summary>
    public string? Query { get; init; }

    /// <summary>What stands first; null for what is usual in the list.</summary>
    public ListOrder? Order { get; init; }

    /// <summary>The <see cref="Place"/> before which this page ends; null where it begins with one or is the first.</summary>
    public string? Before { get; init; }

    /// <summary>The <see cref="Place"/> at which somebody is: where a conversation stood when it was opened, whether it still stands there or not.</summary>
    public string? At { get; init; }

    /// <summary>Whether rows can be ticked without a script.</summary>
    public bool Choosing { get; init; }

    /// <summary>The same list from its beginning.</summary>
    public QueueRequest Whole => this with { After = null, Before = null, At = null };

    /// <summary>Whether these are the conversations behind a figure.</summary>
    public bool IsFigure => Late is "now" || (From is { } from && Zone.Counts(from) && Zone.Counts(To ?? from));

    /// <summary>As an address has it. What cannot be read there asks for nothing.</summary>
    public static QueueRequest Of(IQueryCollection query) => new(
        query["view"].FirstOrDefault(), DayOf(query["from"]), DayOf(query["to"]), query["ending"].FirstOrDefault(), query["late"].FirstOrDefault(),
        FigureFilter.Of(query["team"], query["driver"], query["channel"], query["person"]), query["tag"].FirstOrDefault()?.Trim(), query["after"].FirstOrDefault())
    {
        Figure = BehindFigure.Figures.FirstOrDefault(name => name == query["figure"]),
        Cause = OneLine(query["cause"].FirstOrDefault()),
        Query = OneLine(query["q"].FirstOrDefault()),
        Order = OrderOf(query["order"].FirstOrDefault()),
        Before = query["before"].FirstOrDefault(),
        At = query["at"].FirstOrDefault(),
        Choosing = query["choose"].FirstOrDefault() is "yes",
    };

    /// <summary>The address of the list, or of a conversation with the list beside it.</summary>
    public string Href(string path = "/conversations")
    {
        IEnumerable<(string Name, string? Value)> asked = [
            ("view", View is "open" ? null : View), ("from", Text(From)), ("to", Text(To)), ("ending", Ending), ("late", Late), ("figure", Figure), ("cause", Cause),
            .. Filter.Asked, ("tag", Tag), ("q", Query), ("order", Order?.ToString().ToLowerInvariant()), ("choose", Choosing ? "yes" : null), ("after", After), ("before", Before), ("at", At)];
        var query = string.Join('&', asked.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    /// <summary>Each thing that makes a list smaller, in words, with the list that is without it.</summary>
    internal IEnumerable<Narrowing> Narrowings(Names names)
    {
        foreach (var (without, words) in names.Say(Filter))
        {
            yield return new(words, (Whole with { Filter = without }).Href());
        }

        if (!string.IsNullOrEmpty(Tag))
        {
            yield return new(Tag, (Whole with { Tag = null }).Href());
        }

        if (Query is { } query)
        {
            yield return new(query, (Whole with { Query = null }).Href());
        }
    }

    /// <summary>An order by its name in an address or in the API; null for anything else.</summary>
    internal static ListOrder? OrderOf(string? text) =>
        text is { Length: > 0 } && text.All(char.IsAsciiLetter) && Enum.TryParse<ListOrder>(text, ignoreCase: true, out var order) ? order : null;

    private static string? OneLine(string? text) => text is null ? null : string.Join(' ', text.Storable(SavedView.LongestQuery).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } line ? line : null;

    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Text(DateOnly? day) => day?.ToString(Day, CultureInfo.InvariantCulture);
}

/// <summary>What makes a list smaller, in words, and the address of the list without it.</summary>
public sealed record Narrowing(string Words, string Href);
