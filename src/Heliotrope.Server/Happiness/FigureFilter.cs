using System.Globalization;
using Heliotrope.Core.Conversations;
using Heliotrope.Server.Database;
using Heliotrope.Server.Figures;

namespace Heliotrope.Server.Happiness;

/// <summary>Whose conversations a figure is about: of a team, of a driver, on a channel, of whoever answered last; all of them where it says nothing.</summary>
public sealed record FigureFilter(long? Team = null, long? Driver = null, Channel? Channel = null, long? Person = null)
{
    /// <summary>Of no team, of no driver: what nobody has sorted yet is a figure, too. Ids begin at 1.</summary>
    public const long None = 0;

    private const string NoneWord = "none";

    /// <summary>As an address has it. What cannot be read there asks for nothing.</summary>
    public static FigureFilter Of(string? team, string? driver, string? channel, string? person = null) => new(IdOf(team), IdOf(driver), ChannelOf(channel), IdOf(person));

    /// <summary>An id as an address has it.</summary>
    public static string Key(long id) => id == None ? NoneWord : id.ToString(CultureInfo.InvariantCulture);

    /// <summary>It narrows nothing.</summary>
    public bool IsAll => this == new FigureFilter();

    /// <summary>The parts of an address that ask for the same.</summary>
    public IEnumerable<(string Name, string? Value)> Asked =>
        [("team", Team is { } team ? Key(team) : null), ("driver", Driver is { } driver ? Key(driver) : null), ("channel", Channel?.ToString().ToLowerInvariant()), ("person", Person is { } person ? Key(person) : null)];

    /// <summary>The end of an address that asks for the same.</summary>
    public string Query => string.Concat(Asked.Where(part => part.Value is not null).Select(part => $"&{part.Name}={part.Value}"));

    /// <summary>Those of these conversations that it is about.</summary>
    public IQueryable<Conversation> On(HeliotropeDb db, IQueryable<Conversation> conversations)
    {
        var (team, driver, channel, person) = (Team is None ? null : Team, Driver is None ? null : Driver, Channel, Person is None ? null : Person);
        conversations = Person is null ? conversations
            : person is null ? conversations.Where(c => !db.Figures.Any(f => f.ConversationNumber == c.Number && f.PersonId != null))
            : conversations.Where(c => db.Figures.Any(f => f.ConversationNumber == c.Number && f.PersonId == person));
        conversations = Team is null ? conversations : conversations.Where(c => c.TeamId == team);
        conversations = Driver is null ? conversations : conversations.Where(c => c.DriverId == driver);
        return channel is null ? conversations : conversations.Where(c => c.Channel == channel);
    }

    /// <summary>Whether it is about this one.</summary>
    internal bool Takes(MatterFigures matter) =>
        (Team is not { } team || matter.Team == team) && (Driver is not { } driver || matter.Driver == driver) && (Channel is not { } channel || matter.Channel == channel)
        && (Person is not { } person || matter.Person == person);

    private static long? IdOf(string? text) => text == NoneWord ? None
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > None ? id : null;

    private static Channel? ChannelOf(string? text) => text is { Length: > 0 } && text.All(char.IsAsciiLetter) && Enum.TryParse<Channel>(text, ignoreCase: true, out var channel) ? channel : null;
}
