using Heliotrope.Server.Database;
using Heliotrope.Server.Shell;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Happiness;

/// <summary>What teams and drivers are called.</summary>
internal sealed class Names
{
    /// <summary>More teams or drivers than a person tells apart; it keeps an import gone wrong from filling a page.</summary>
    private const int Most = 500;

    private Names(IReadOnlyList<ChoiceView> teams, IReadOnlyList<ChoiceView> drivers) => (Teams, Drivers) = (teams, drivers);

    public IReadOnlyList<ChoiceView> Teams { get; }

    public IReadOnlyList<ChoiceView> Drivers { get; }

    public static async Task<Names> Of(HeliotropeDb db) => new(
        await db.Teams.OrderBy(t => t.Name).Take(Most).Select(t => new ChoiceView(t.Id, t.Name)).ToListAsync(),
        await db.Drivers.OrderBy(d => d.Name).Take(Most).Select(d => new ChoiceView(d.Id, d.Name)).ToListAsync());

    public string? Team(long? id) => Teams.FirstOrDefault(t => t.Id == id)?.Name;

    public string? Driver(long? id) => Drivers.FirstOrDefault(d => d.Id == id)?.Name;

    /// <summary>The name of the one thing that a row of a breakdown is about; null when it is about those that have none.</summary>
    public string? Of(FigureFilter key) => key.Channel is { } channel ? ChannelName(channel) : key.Team is { } team ? Team(team) : Driver(key.Driver);

    /// <summary>What a filter asks for, part by part, in words, each with the filter that is without it.</summary>
    public IEnumerable<(FigureFilter Without, string Words)> Say(FigureFilter filter)
    {
        if (filter.Team is { } team)
        {
            yield return (filter with { Team = null }, Team(team) ?? Words.T("happiness.team.none"));
        }

        if (filter.Driver is { } driver)
        {
            yield return (filter with { Driver = null }, Driver(driver) ?? Words.T("happiness.driver.none"));
        }

        if (filter.Channel is { } channel)
        {
            yield return (filter with { Channel = null }, ChannelName(channel));
        }
    }

    private static string ChannelName(Core.Conversations.Channel channel) => Words.T("channel." + channel.ToString().ToLowerInvariant());
}
