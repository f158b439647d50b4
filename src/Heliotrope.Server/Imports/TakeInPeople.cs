using Heliotrope.Core.Customers;
using Heliotrope.Core.Imports;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Teams;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Imports;

/// <summary>
/// Takes in organisations, teams, colleagues and customers. Whoever is here already, by the id they had there or by their address, keeps
/// what they have, and gets what they had not.
/// </summary>
internal static class TakeInPeople
{
    private const int LongestName = 200;
    private const int LongestTeam = 80;

    public static async Task Write(ImportStep step, IReadOnlyList<(ForeignThing Thing, string Where)> things)
    {
        await Teams(step, [.. things.Select(t => t.Thing).OfType<ForeignTeam>().DistinctBy(t => ImportStep.IdOf(t.Id))]);
        await TakeInOrganisations.Write(step, [.. things.Select(t => t.Thing).OfType<ForeignOrganisation>().DistinctBy(o => ImportStep.IdOf(o.Id))]);
        var people = things.Where(t => t.Thing is ForeignPerson).Select(t => ((ForeignPerson)t.Thing, t.Where)).DistinctBy(t => ImportStep.IdOf(t.Item1.Id)).ToList();
        await Agents(step, [.. people.Where(p => p.Item1.Staff).Select(p => p.Item1)]);
        await Customers(step, [.. people.Where(p => !p.Item1.Staff)]);
    }

    /// <summary>An address that leads nowhere, for somebody of whom none is known (RFC 6761 section 6.4).</summary>
    public static EmailAddress NoAddress(Import import, string foreign)
    {
        var plain = new string([.. foreign.Where(char.IsAsciiLetterOrDigit).Take(40)]);
        return EmailAddress.TryParse($"{import.Source}-{(plain.Length > 0 ? plain : "0")}@no-address.invalid", out var address)
            ? address
            : throw new InvalidOperationException("Letters and digits are an address.");
    }

    /// <summary>The customer with this address, or a new one; the same one for all in a transaction.</summary>
    public static async Task<(Customer Customer, bool Made)> Customer(ImportStep step, EmailAddress address, string name, DateTimeOffset since)
    {
        var added = step.Db.Customers.Local.FirstOrDefault(c => c.Addresses.Any(a => a.Address == address.Value));
        if ((added ?? await step.Db.Customers.Include(c => c.Addresses).Include(c => c.Phones).FirstOrDefaultAsync(c => step.Db.CustomerAddresses.Any(a => a.Address == address.Value && a.CustomerId == c.Id))) is { } known)
        {
            return (known, false);
        }

        return (step.Db.Customers.Add(Core.Customers.Customer.WithAddress(address, name.ReplaceLineEndings(" ").Storable(LongestName), since)).Entity, true);
    }

    private static async Task Teams(ImportStep step, List<ForeignTeam> teams)
    {
        var here = await step.Here(ImportedKind.Team, teams.Select(t => t.Id));
        var known = teams.Count == 0 ? [] : await step.Db.Teams.AsNoTracking().Select(t => new { t.Id, t.Name }).ToListAsync();
        foreach (var team in teams.Where(t => !here.ContainsKey(ImportStep.IdOf(t.Id))))
        {
            var name = string.Join(' ', team.Name.Storable(LongestTeam).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            var found = known.Find(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (step.Dry && !step.Seen.Names.Add($"team {team.Id}"))
            {
                continue;
            }

            var makes = found is null && step.Import.MakeTeams && name.Length > 0;
            step.Tally.Add(makes ? "teams" : found is null ? "teams-left" : "teams-here");
            var row = step.Remember(ImportedKind.Team, team.Id, makes);
            (row.Name, row.TeamId) = (name, found?.Id);
            if (makes && !step.Dry)
            {
                var made = step.Db.Teams.Local.FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? step.Db.Teams.Add(new Team { Name = name }).Entity;
                row.TeamId = step.Db.Entry(made).Property(t => t.Id).CurrentValue;
            }
        }
    }

    private static async Task Agents(ImportStep step, List<ForeignPerson> agents)
    {
        var here = await step.Here(ImportedKind.Agent, agents.Select(a => a.Id));
        var users = agents.Count == 0 ? [] : await step.Users();
        foreach (var agent in agents.Where(a => !here.ContainsKey(ImportStep.IdOf(a.Id))))
        {
            var user = users.GetValueOrDefault(agent.Email.Trim().ToLowerInvariant());
            if (step.Dry && !step.Seen.People.TryAdd(agent.Id, new(agent.Name, agent.Email, Staff: true, null, user)))
            {
                continue;
            }

            step.Tally.Add(user is null ? "agents-left" : "agents");
            if (user is null)
            {
                step.Tally.NoAccount(agent.Name.Length > 0 ? agent.Name : agent.Email);
            }

            var row = step.Remember(ImportedKind.Agent, agent.Id, made: false);
            (row.Name, row.UserId) = ((agent.Name.Length > 0 ? agent.Name : agent.Email).Storable(LongestName), user?.Id);
        }
    }

    private static async Task Customers(ImportStep step, List<(ForeignPerson Person, string Where)> people)
    {
        var here = await step.Here(ImportedKind.Person, people.Select(p => p.Person.Id));
        var addresses = people.ConvertAll(p => EmailAddress.TryParse(p.Person.Email, out var address) ? address : NoAddress(step.Import, p.Person.Id));
        var wanted = addresses.ConvertAll(a => a.Value);
        var known = step.Dry ? (await step.Db.CustomerAddresses.Where(a => wanted.Contains(a.Address)).Select(a => a.Address).ToListAsync()).ToHashSet(StringComparer.Ordinal) : [];
        for (var i = 0; i < people.Count; i++)
        {
            var (person, where) = people[i];
            if (here.ContainsKey(ImportStep.IdOf(person.Id)))
            {
                step.Tally.Add("people-here");
                continue;
            }

            if (step.Dry)
            {
                if (step.Seen.People.TryAdd(person.Id, ImportSeen.Customer))
                {
                    if (person is { OrganisationId: "", Organisation.Length: > 0 } && (await TakeInOrganisations.Named(step, person.Organisation, [], "")).Made)
                    {
                        step.Tally.Add("organisations");
                    }

                    step.Tally.Add(known.Contains(addresses[i].Value) || !step.Seen.Addresses.Add(addresses[i].Value) ? "people-here" : "people");
                    Tell(step, person, where);
                }

                continue;
            }

            var (customer, made) = await Customer(step, addresses[i], person.Name, person.Since ?? step.Now);
            step.Tally.Add(made ? "people" : "people-here");
            Tell(step, person, where);
            if (await CompleteCustomer.With(step, customer, person) && !made)
            {
                step.Tally.Add("completed");
            }

            var row = step.Remember(ImportedKind.Person, person.Id, made);
            row.CustomerId = step.Db.Entry(customer).Property(c => c.Id).CurrentValue;
        }
    }

    private static void Tell(ImportStep step, ForeignPerson person, string where)
    {
        if (!EmailAddress.TryParse(person.Email, out _))
        {
            step.Tally.Remark("no-address", where, person.Name.Length > 0 ? person.Name : person.Id);
        }
    }
}
