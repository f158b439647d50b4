using Heliotrope.Core.Conversations;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Teams;

namespace Heliotrope.Server.Happiness;

/// <summary>Whose figures these are, in words.</summary>
internal static class FigureNames
{
    /// <summary>The name of the one thing that a row of a breakdown is about; null when it is about those that have none.</summary>
    public static string? Of(this Names names, FigureFilter key) =>
        key.Channel is { } channel ? Name(channel) : key.Team is { } team ? names.Team(team) : names.Driver(key.Driver);

    /// <summary>What a filter asks for, part by part, each with the filter that is without it.</summary>
    public static IEnumerable<(FigureFilter Without, string Words)> Say(this Names names, FigureFilter filter)
    {
        if (filter.Team is { } team)
        {
            yield return (filter with { Team = null }, names.Team(team) ?? Words.T("happiness.team.none"));
        }

        if (filter.Driver is { } driver)
        {
            yield return (filter with { Driver = null }, names.Driver(driver) ?? Words.T("happiness.driver.none"));
        }

        if (filter.Channel is { } channel)
        {
            yield return (filter with { Channel = null }, Name(channel));
        }
    }

    public static string Name(Channel channel) => Words.T("channel." + channel.ToString().ToLowerInvariant());
}
