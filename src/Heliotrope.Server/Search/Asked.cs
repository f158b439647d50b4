using Heliotrope.Core.People;
using Heliotrope.Core.Search;
using Heliotrope.Server.Database;
using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Search;

/// <summary>Who asks, when and where: what a condition may depend on.</summary>
internal sealed record Asked(HeliotropeDb Db, Actor Actor, DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>The user who asks; null for programs, whose ids are of another kind.</summary>
    public long? Me => Actor.Person;

    /// <summary>From its first instant to the first one after it. What is said in hours is one instant.</summary>
    public (DateTimeOffset From, DateTimeOffset End) Bounds(When when)
    {
        if (when.Unit is TimeUnit.Hours)
        {
            var at = Now.AddHours(-when.Back);
            return (at, at);
        }

        var (first, end) = when.Days(Platform.Zone.DayOf(Now, Zone));
        return (Platform.Zone.StartOf(first, Zone), Platform.Zone.StartOf(end, Zone));
    }
}
