using System.Globalization;
using Heliotrope.Core;
using Heliotrope.Server.Database;
using Heliotrope.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Teams;

/// <summary>What belongs to a team: people, addresses, and targets of drivers. What is given is all of it; what is left out stays.</summary>
internal static class TeamParts
{
    /// <summary>Looks at all of it before anything is changed.</summary>
    public static async Task<Refusal?> Check(HeliotropeDb db, TeamBody body)
    {
        var members = (body.Members ?? []).Distinct().ToList();
        if (members.Count > 0 && await db.Users.CountAsync(u => members.Contains(u.Id)) < members.Count)
        {
            return Refusal.Invalid("user.unknown", "No colleague has this id or mail address.", "members");
        }

        if (await OurAddressList.Unknown(db, body.Addresses) is { } unknown)
        {
            return unknown;
        }

        var drivers = await db.Drivers.Select(d => d.Id).ToListAsync();
        foreach (var target in body.DriverTargets ?? [])
        {
            if (target is null || !drivers.Contains(target.Driver))
            {
                return Refusal.Invalid("driver.unknown", "There is no such driver.", "driverTargets");
            }

            var field = string.Create(CultureInfo.InvariantCulture, $"driver-{target.Driver}");
            if ((ChangeTeam.OutOfRange(target.FirstAnswerMinutes, field) ?? ChangeTeam.OutOfRange(target.NextAnswerMinutes, field)) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    public static async Task Set(HeliotropeDb db, long team, TeamBody body)
    {
        if (body.Members is { } members)
        {
            var now = await db.TeamMembers.Where(m => m.TeamId == team).ToListAsync();
            db.TeamMembers.RemoveRange(now.Where(m => !members.Contains(m.UserId)));
            db.TeamMembers.AddRange(members.Distinct().Except(now.Select(m => m.UserId)).Select(id => new TeamMember { TeamId = team, UserId = id }));
        }

        await OurAddressList.Give(db, body.Addresses, team, address => address.TeamId, (address, to) => address.TeamId = to);
        if (body.DriverTargets is { } targets)
        {
            var now = await db.DriverTargets.Where(t => t.TeamId == team).ToListAsync();
            db.DriverTargets.RemoveRange(now.Where(t => targets.All(wanted => wanted.Driver != t.DriverId)));
            foreach (var target in targets.DistinctBy(t => t.Driver))
            {
                var row = now.Find(t => t.DriverId == target.Driver) ?? db.DriverTargets.Add(new() { TeamId = team, DriverId = target.Driver }).Entity;
                (row.FirstAnswerMinutes, row.NextAnswerMinutes) = (target.FirstAnswerMinutes, target.NextAnswerMinutes);
            }
        }
    }
}
