using Heliotrope.Core.Customers;
using Heliotrope.Core.Imports;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Imports;

/// <summary>Takes in organisations. One that is here under the same name stays as it is.</summary>
internal static class TakeInOrganisations
{
    public static async Task Write(ImportStep step, IReadOnlyList<ForeignOrganisation> organisations)
    {
        var here = await step.Here(ImportedKind.Organisation, organisations.Select(o => o.Id));
        foreach (var foreign in organisations.Where(o => !here.ContainsKey(ImportStep.IdOf(o.Id))))
        {
            if (step.Dry && !step.Seen.Names.Add($"organisation {foreign.Id}"))
            {
                continue;
            }

            var (found, made) = await Named(step, foreign.Name, foreign.Domains, foreign.Notes);
            step.Tally.Add(made ? "organisations" : found is null ? "organisations-left" : "organisations-here");
            var row = step.Remember(ImportedKind.Organisation, foreign.Id, made);
            (row.Name, row.OrganisationId) = (foreign.Name.Storable(CustomerOrganisation.MaxName), step.Dry ? null : found?.Id);
        }

        if (!step.Dry)
        {
            await step.Db.SaveChangesAsync(); // people of the same batch look for them by their ids there
        }
    }

    /// <summary>The organisation of this name, or a new one, saved so that it has an id; null when this is no name. In a dry run a new one is not kept.</summary>
    public static async Task<(CustomerOrganisation? Organisation, bool Made)> Named(ImportStep step, string name, IReadOnlyList<string> domains, string notes)
    {
        var made = CustomerOrganisation.Named(name.Storable(CustomerOrganisation.MaxName), step.Now);
        if (made.Refusal is not null)
        {
            return (null, false);
        }

        var key = made.Value.NameKey;
        if (await step.Db.Organisations.FirstOrDefaultAsync(o => o.NameKey == key) is { } known)
        {
            return (known, false);
        }

        if (step.Dry)
        {
            return (made.Value, step.Seen.Names.Add($"organisation named {key}"));
        }

        // A domain that another organisation has, or that anybody can have, is left to it.
        var plain = domains.Select(d => d.Trim().TrimStart('@').ToLowerInvariant()).Where(d => d.Length > 0).Distinct().Take(CustomerOrganisation.MaxDomains).ToList();
        var taken = await step.Db.OrganisationDomains.Where(d => plain.Contains(d.Domain)).Select(d => d.Domain).ToListAsync();
        made.Value.Have([.. plain.Except(taken).Where(IsDomain)]);
        made.Value.Note(notes.Storable(Customer.MaxNotes));
        step.Db.Organisations.Add(made.Value);
        await step.Db.SaveChangesAsync();
        return (made.Value, true);
    }

    private static bool IsDomain(string text) => CustomerOrganisation.Named("x", default).Value.Have([text]) is null;
}
