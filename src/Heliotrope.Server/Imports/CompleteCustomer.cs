using Heliotrope.Core.Customers;
using Heliotrope.Core.Imports;
using Heliotrope.Server.Platform;
using Microsoft.EntityFrameworkCore;

namespace Heliotrope.Server.Imports;

/// <summary>Gives a customer what another desk knew of them and nobody here does. What is known here stays.</summary>
internal static class CompleteCustomer
{
    private const int LanguageLength = 2;

    /// <summary>Whether there was anything to give.</summary>
    public static async Task<bool> With(ImportStep step, Customer customer, ForeignPerson person)
    {
        var before = (customer.Name, customer.Language, customer.Version, customer.Zone);
        customer.Learn(person.Name.ReplaceLineEndings(" ").Storable(Customer.MaxName), customer.Language ?? Language(person.Language));
        foreach (var text in person.Phones)
        {
            if (PhoneNumber.TryParse(text, out var phone))
            {
                customer.Add(phone);
            }
        }

        await Addresses(step, customer, person);
        Zone(step, customer, person.Zone);
        if (customer is { OrganisationId: null, OrganisationSet: false } && await Organisation(step, person) is { } organisation)
        {
            customer.BelongTo(organisation);
        }

        if (customer.Notes.Length == 0 && person.Notes.Length > 0)
        {
            customer.Note(person.Notes.Storable(Customer.MaxNotes));
        }

        return before != (customer.Name, customer.Language, customer.Version, customer.Zone);
    }

    private static string? Language(string locale)
    {
        var code = locale.Trim().ToLowerInvariant();
        return code.Length >= LanguageLength && code[..LanguageLength].All(char.IsAsciiLetterLower) && (code.Length == LanguageLength || code[LanguageLength] is '-' or '_') ? code[..LanguageLength] : null;
    }

    private static async Task Addresses(ImportStep step, Customer customer, ForeignPerson person)
    {
        foreach (var text in person.MoreEmails)
        {
            // An address that somebody else has stays theirs.
            if (EmailAddress.TryParse(text, out var address) && !step.Db.CustomerAddresses.Local.Any(a => a.Address == address.Value) && !await step.Db.CustomerAddresses.AnyAsync(a => a.Address == address.Value))
            {
                customer.Add(address);
                step.Db.ChangeTracker.DetectChanges(); // so that the next one sees it
            }
        }
    }

    /// <summary>Whoever made a table knows where somebody lives; a desk gives everybody its own zone until they say otherwise.</summary>
    private static void Zone(ImportStep step, Customer customer, string zone)
    {
        if (!TheirTime.TryZone(zone, out var known) || customer is { Zone: not null, ZoneIsGuess: false })
        {
            return;
        }

        if (step.Import.Source is ImportSource.Csv)
        {
            customer.LiveIn(known);
        }
        else
        {
            customer.GuessZone(known);
        }
    }

    private static async Task<long?> Organisation(ImportStep step, ForeignPerson person)
    {
        if (person.OrganisationId.Length > 0)
        {
            return (await step.Here(ImportedKind.Organisation, [person.OrganisationId])).GetValueOrDefault(ImportStep.IdOf(person.OrganisationId))?.OrganisationId;
        }

        if (person.Organisation.Length == 0)
        {
            return null;
        }

        var (organisation, made) = await TakeInOrganisations.Named(step, person.Organisation, [], "");
        if (made)
        {
            step.Tally.Add("organisations");
            step.Remember(ImportedKind.Organisation, organisation!.NameKey, made: true).OrganisationId = organisation.Id;
        }

        return organisation?.Id;
    }
}
