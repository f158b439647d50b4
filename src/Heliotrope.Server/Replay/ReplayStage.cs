using Heliotrope.Core.People;
using Heliotrope.Core.Views;
using Heliotrope.Server.Database;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Teams;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Replay;

/// <summary>Who plays: everybody and everything that the events of a history name.</summary>
internal sealed record ReplayCast(
    IReadOnlyDictionary<string, User> People, IReadOnlyDictionary<string, long> Teams, IReadOnlyDictionary<string, long> Drivers, IReadOnlyDictionary<long, long> TeamOfPerson)
{
    public Actor Actor(string? name) => People[name!].AsActor();
}

/// <summary>
/// Makes the people, teams, drivers, articles, views and addresses of a history. What is at the desk already under the same name is
/// used as it is, and stays as it is.
/// </summary>
internal sealed class ReplayStage(Store store, IServiceScopeFactory scopes, TimeProvider time)
{
    public async Task<ReplayCast> Set(ReplayScript script, CancellationToken cancel)
    {
        foreach (var person in script.People)
        {
            await Add(person, script.Demo);
        }

        await store.Write(db => SetTeams(db, script, cancel), cancel);
        return await store.Read(async db =>
        {
            var named = script.People.Select(p => p.Email.Value).ToHashSet(StringComparer.Ordinal);
            var people = await db.Users.ToListAsync(cancel);
            return new ReplayCast(
                people.OrderBy(u => named.Contains(u.Email!)).GroupBy(u => u.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal),
                await db.Teams.ToDictionaryAsync(t => t.Name, t => t.Id, StringComparer.Ordinal, cancel),
                await db.Drivers.ToDictionaryAsync(d => d.Name, d => d.Id, StringComparer.Ordinal, cancel),
                (await db.TeamMembers.ToListAsync(cancel)).GroupBy(m => m.UserId).ToDictionary(g => g.Key, g => g.First().TeamId));
        });
    }

    // Without a password nobody can sign in as them.
    private async Task Add(ReplayPerson person, bool demo)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        if (await users.FindByEmailAsync(person.Email.Value) is null)
        {
            var made = await users.CreateAsync(new() { UserName = person.Email.Value, Email = person.Email.Value, Name = person.Name, Role = person.Role, CreatedAt = time.Now(), Demo = demo });
            if (!made.Succeeded)
            {
                throw new InvalidOperationException($"{person.Place}: {string.Join(' ', made.Errors.Select(e => e.Description))}");
            }
        }
    }

    private async Task<bool> SetTeams(HeliotropeDb db, ReplayScript script, CancellationToken cancel)
    {
        var drivers = await db.Drivers.ToDictionaryAsync(d => d.Name, StringComparer.Ordinal, cancel);
        foreach (var name in script.Drivers.Select(d => d.Name).Distinct(StringComparer.Ordinal).Where(name => !drivers.ContainsKey(name)))
        {
            drivers[name] = db.Drivers.Add(new() { Name = name, Demo = script.Demo }).Entity;
        }

        var teams = await db.Teams.ToDictionaryAsync(t => t.Name, StringComparer.Ordinal, cancel);
        var fresh = new List<ReplayTeam>();
        foreach (var team in script.Teams.DistinctBy(t => t.Name).Where(team => !teams.ContainsKey(team.Name)))
        {
            fresh.Add(team);
            teams[team.Name] = db.Teams.Add(new()
            {
                Name = team.Name,
                Zone = team.Hours.Zone,
                Hours = team.Hours.Hours,
                Holidays = team.Hours.Holidays,
                FirstAnswerMinutes = (int)team.First.TotalMinutes,
                NextAnswerMinutes = (int)team.Next.TotalMinutes,
                Demo = script.Demo,
            }).Entity;
        }

        await db.SaveChangesAsync(cancel); // their ids
        foreach (var target in fresh.SelectMany(t => t.Targets.DistinctBy(d => d.Driver).Select(d => (Team: teams[t.Name].Id, Target: d))))
        {
            db.DriverTargets.Add(new() { TeamId = target.Team, DriverId = drivers[target.Target.Driver].Id, FirstAnswerMinutes = (int)target.Target.First.TotalMinutes, NextAnswerMinutes = (int)target.Target.Next.TotalMinutes });
        }

        await SetAddressesAndMembers(db, script, teams, cancel);
        foreach (var article in script.Articles)
        {
            db.Articles.Add(new() { Title = article.Title, Text = article.Text, Language = article.Language, UpdatedAt = time.Now(), Demo = script.Demo });
        }

        var shared = await db.SavedViews.Where(v => v.Sharing != Sharing.Own).Select(v => v.Name).ToListAsync(cancel);
        foreach (var view in script.Views.DistinctBy(v => v.Name).Where(v => !shared.Contains(v.Name)))
        {
            var made = SavedView.Begin(Actor.System, new(view.Name, view.Query, view.Order, Sharing.Everybody), time.Now()).Value;
            if (script.Demo)
            {
                made.MarkDemo();
            }

            db.SavedViews.Add(made);
        }

        var blocked = await db.BlockedSenders.Select(b => b.Address).ToListAsync(cancel);
        foreach (var address in script.Blocked.Select(b => b.Name).Distinct(StringComparer.Ordinal).Except(blocked, StringComparer.Ordinal))
        {
            db.BlockedSenders.Add(new() { Address = address, ByName = Actor.System.Name, CreatedAt = time.Now() });
        }

        return true;
    }

    private static async Task SetAddressesAndMembers(HeliotropeDb db, ReplayScript script, Dictionary<string, Team> teams, CancellationToken cancel)
    {
        var ours = await db.OurAddresses.Select(a => a.Address).ToListAsync(cancel);
        foreach (var (team, address) in script.Teams.SelectMany(t => t.Addresses.Select(a => (t.Name, a.Value))).DistinctBy(a => a.Value).Where(a => !ours.Contains(a.Value)))
        {
            db.OurAddresses.Add(new() { Address = address, TeamId = teams[team].Id, Demo = script.Demo });
        }

        var users = await db.Users.Select(u => new { u.Id, u.Email }).ToListAsync(cancel);
        var members = await db.TeamMembers.ToListAsync(cancel);
        foreach (var (user, team) in script.People.Where(p => p.Team is not null).Select(p => (users.First(u => u.Email == p.Email.Value).Id, teams[p.Team!].Id)).Distinct())
        {
            if (!members.Exists(m => m.UserId == user && m.TeamId == team))
            {
                db.TeamMembers.Add(new() { TeamId = team, UserId = user });
            }
        }
    }
}
