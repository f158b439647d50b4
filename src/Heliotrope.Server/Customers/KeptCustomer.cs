using System.Text.Json;
using Heliotrope.Core.Customers;

namespace Heliotrope.Server.Customers;

/// <summary>What was known of somebody before they were merged, so that they can be told apart again as they were.</summary>
/// <param name="Name">The name.</param>
/// <param name="Language">The language.</param>
/// <param name="LanguageSet">Whether somebody said so.</param>
/// <param name="Zone">The zone.</param>
/// <param name="ZoneIsGuess">Whether it was a guess.</param>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="OrganisationSet">Whether somebody said so.</param>
/// <param name="Notes">The notes.</param>
/// <param name="CreatedAt">When we first heard from them.</param>
/// <param name="Demo">Part of the demo company.</param>
/// <param name="Addresses">The addresses, in their order.</param>
/// <param name="Phones">The phones, as they were typed.</param>
/// <param name="Fields">The values of own fields, by the fields' ids.</param>
internal sealed record KeptCustomer(
    string Name, string? Language, bool LanguageSet, string? Zone, bool ZoneIsGuess, long? OrganisationId, bool OrganisationSet, string Notes, DateTimeOffset CreatedAt, bool Demo,
    IReadOnlyList<string> Addresses, IReadOnlyList<string> Phones, IReadOnlyDictionary<long, string> Fields)
{
    public static KeptCustomer Of(CustomerMerge merge) => JsonSerializer.Deserialize<KeptCustomer>(merge.Kept)!;

    public static KeptCustomer Of(Customer customer, IReadOnlyDictionary<long, string> fields) => new(
        customer.Name, customer.Language, customer.LanguageSet, customer.Zone, customer.ZoneIsGuess, customer.OrganisationId, customer.OrganisationSet, customer.Notes, customer.CreatedAt, customer.Demo,
        [.. customer.Addresses.OrderBy(a => a.Id).Select(a => a.Address)], [.. customer.Phones.OrderBy(p => p.Id).Select(p => p.Typed)], fields);

    public string Json() => JsonSerializer.Serialize(this);
}
