using System.Globalization;
using Heliotrope.Server.Mailboxes;
using Heliotrope.Server.Shell;

namespace Heliotrope.Server.Tests.Mailboxes;

public sealed class ProvidersTests
{
    [Fact]
    public void Each_provider_and_each_trouble_has_words_in_every_language_and_no_others_do()
    {
        foreach (var tag in Languages.All.Select(language => language.Tag))
        {
            Assert.All(Providers.All, provider => Assert.NotNull(Said(tag, "mailbox.help." + provider.Code)));
            Assert.All(TrialTrouble.Codes, code => Assert.NotNull(Said(tag, "mailbox.trouble." + code)));
        }

        Assert.Equal(Providers.All.Select(provider => provider.Code).Order(), Kept("mailbox.help.").Order());
        Assert.Equal(TrialTrouble.Codes.Order(), Kept("mailbox.trouble.").Order());
    }

    [Fact]
    public void No_domain_and_no_mx_is_claimed_twice()
    {
        var places = Providers.All.SelectMany(provider => provider.Places).ToList();
        Assert.Distinct(places.SelectMany(place => place.Domains));
        Assert.Distinct(places.SelectMany(place => place.Mx));
        Assert.Distinct(Providers.All.Select(provider => provider.Code));
        Assert.All(places, place => Assert.True(place.Domains.Length + place.Mx.Length > 0));
    }

    [Fact]
    public void All_names_are_host_names_and_all_pages_are_encrypted()
    {
        var places = Providers.All.SelectMany(provider => provider.Places).ToList();
        Assert.All(places.SelectMany(place => (string?[])[place.Imap, place.Smtp, .. place.Domains]).OfType<string>(), host => Assert.Equal(host, AddressParts.Host(host)));
        Assert.All(Providers.All, provider => Assert.True(provider.Page is null or { Scheme: "https" }));
        Assert.All(Providers.All, provider => Assert.Equal(provider.SignIn is SignIn.Nobody, provider.Places.All(place => place.Imap is null)));
    }

    [Fact]
    public void Limits_that_providers_tell_are_known()
    {
        Assert.Equal(new SendingLimits(PerDay: 500), Limits("ada@gmail.com"));
        Assert.Equal(new SendingLimits(PerMinute: 30, PerDay: 10_000), Providers.OfMx(AddressParts.Read("ada@client.example")!, ["client-example.mail.protection.outlook.com"])!.Limits);
        Assert.Null(Limits("ada@gmx.de"));

        static SendingLimits? Limits(string address) => Providers.OfDomain(AddressParts.Read(address)!)!.Limits;
    }

    [Fact]
    public void Of_several_mx_the_preferred_one_decides()
    {
        var found = Providers.OfMx(AddressParts.Read("ada@client.example")!, ["mx.filter.example", "aspmx.l.google.com", "in1-smtp.messagingengine.com"]);
        Assert.Equal("google", found!.Provider);
    }

    private static string? Said(string tag, string key) => Words.Resources.GetResourceSet(CultureInfo.GetCultureInfo(tag), true, true)!.GetString(key);

    private static IEnumerable<string> Kept(string beginning) =>
        Words.Resources.GetResourceSet(CultureInfo.InvariantCulture, true, false)!.Cast<System.Collections.DictionaryEntry>()
            .Select(word => (string)word.Key)
            .Where(key => key.StartsWith(beginning, StringComparison.Ordinal))
            .Select(key => key[beginning.Length..]);
}
