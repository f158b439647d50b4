using Heliotrope.Core.Coach;

namespace Heliotrope.Core.Tests.Coach;

public class MergeFieldsTests
{
    [Theory]
    [InlineData("Dear <NOT PROVIDED>, your lamp is on its way.", "<NOT PROVIDED>")]
    [InlineData("Hi {{first_name}}, your lamp is on its way.", "{{first_name}}")]
    [InlineData("Hi {{ customer.first_name | default: 'friend' }}, hello.", "{{ customer.first_name | default: 'friend' }}")]
    [InlineData("Hi {first_name}, your lamp is on its way.", "{first_name}")]
    [InlineData("Hi {name}, your lamp is on its way.", "{name}")]
    [InlineData("Hello {0}, your lamp is on its way.", "{0}")]
    [InlineData("Hi {{{firstName}}}, your lamp is on its way.", "{{{firstName}}}")]
    [InlineData("{% if vip %}Thank you.{% endif %}", "{% if vip %}; {% endif %}")]
    [InlineData("Dear [Name], your lamp is on its way.", "[Name]")]
    [InlineData("Dear [Customer Name],\nyour refund of [amount] is on its way.", "[Customer Name]; [amount]")]
    [InlineData("We will be with you on [insert date here].", "[insert date here]")]
    [InlineData("Hallo [Vorname einfügen], die Lampe ist unterwegs.", "[Vorname einfügen]")]
    [InlineData("Guten Tag [Nachname], die Lampe ist unterwegs.", "[Nachname]")]
    [InlineData("Ihre Bestellung [Bestellnummer] ist unterwegs.", "[Bestellnummer]")]
    [InlineData("Hello %FIRSTNAME%, welcome.", "%FIRSTNAME%")]
    [InlineData("Hello %%name%%, welcome.", "%%name%%")]
    [InlineData("Hello %first_name%, welcome.", "%first_name%")]
    [InlineData("Hello %(name)s, welcome.", "%(name)s")]
    [InlineData("Hello ${name}, welcome.", "${name}")]
    [InlineData("Hello $first_name, welcome.", "$first_name")]
    [InlineData("Hello $NAME$, welcome.", "$NAME$")]
    [InlineData("Dear <Name>, welcome.", "<Name>")]
    [InlineData("Dear <<first name>>, welcome.", "<<first name>>")]
    [InlineData("Liebe «Vorname», willkommen.", "«Vorname»")]
    [InlineData("Hi *|FNAME|*, welcome.", "*|FNAME|*")]
    [InlineData("Hi {!Contact.Name}, welcome.", "{!Contact.Name}")]
    [InlineData("Hi <%= user.name %>, welcome.", "<%= user.name %>")]
    [InlineData("Dein Termin ist am #TERMIN#.", "#TERMIN#")]
    [InlineData("Dear XXXX, welcome.", "XXXX")]
    [InlineData("Dear ____, welcome.", "____")]
    [InlineData("Ihr Termin ist am XX.XX.XXXX um zehn.", "XX.XX.XXXX")]
    [InlineData("We answer within XX working days.", "XX")]
    [InlineData("Hallo NULL,\nwillkommen.", "NULL")]
    [InlineData("Dear undefined, welcome.", "undefined")]
    [InlineData("Hi [object Object], welcome.", "[object Object]")]
    [InlineData("Dear First Name, welcome.", "First Name")]
    [InlineData("Hallo Vorname, willkommen.", "Vorname")]
    [InlineData("Dear , welcome.", "Dear ")]
    [InlineData("Dear Mr ,\nwelcome.", "Mr ")]
    [InlineData("Sehr geehrte Frau ,\nwillkommen.", "Frau ")]
    [InlineData("Hallo ,\nwillkommen.", "Hallo ")]
    [InlineData("Track it at https://parcel.example/{{tracking_code}} today.", "{{tracking_code}}")]
    public void A_field_that_nothing_filled_is_found(string text, string expected) =>
        Assert.Equal(expected, string.Join("; ", MergeFields.Find(text).Select(field => text.Substring(field.At, field.Length))));

    [Theory]
    [InlineData("Write `{{first_name}}` where the name should go.")]
    [InlineData("The template:\n```\nDear [Name],\n{{order}}\n```\nHelps?")]
    [InlineData("See the note [1] and the word [sic].")]
    [InlineData("It is described at <https://shop.example/name>.")]
    [InlineData("Write to <anna@shop.example> or <mailto:info@shop.example>.")]
    [InlineData("See [the name](https://shop.example/name) and ![name](upload:7f3a).")]
    [InlineData("See [name][2] below.\n\n[name]: https://shop.example")]
    [InlineData("Glad it works :-} {} ;-] [] <3")]
    [InlineData("It is 100 % wool and 50 % off.")]
    [InlineData("It costs US$ 5 or A$ 8, $5 and $10.")]
    [InlineData("Please fill in the field [Name] and press [Enter].")]
    [InlineData("Tippen Sie auf den Knopf [Datum].")]
    [InlineData("Open %APPDATA%\\Shop and delete the file.")]
    [InlineData("Le champ «Nom» est rouge.")]
    [InlineData("Dear customer, welcome.")]
    [InlineData("Dear Null, your lamp is on its way.")]
    [InlineData("Dear all,\nwelcome.")]
    [InlineData("Hello,\nwelcome.")]
    [InlineData("Hi , thanks for the photo.")]
    [InlineData("Hallo,\nwillkommen.")]
    [InlineData("Liebe Frau Keller, willkommen.")]
    [InlineData("> Dear [Name],\n> welcome\n\nThat mail was wrong, sorry.")]
    [InlineData("The set {a, b} and {\"a\": 1} and a{2}.")]
    [InlineData("GET /orders/{id}/lines answers with all lines.")]
    [InlineData("Your card ending in XXXX-4411 was charged.")]
    [InlineData("We have it in L, XL and XXL.")]
    [InlineData("The size XX fits you.")]
    [InlineData("- [ ] lamp\n- [x] bulb")]
    [InlineData("# Name #\n\nThe name of the rose.")]
    [InlineData("It is <b>bold</b> and <em>clear</em>.")]
    [InlineData("He said «oui» and left.")]
    [InlineData("Your order #4711# is ready.")]
    public void What_only_looks_like_a_field_is_none(string text) => Assert.Empty(MergeFields.Find(text));

    [Fact]
    public void A_customer_may_be_called_anything()
    {
        Assert.Empty(MergeFields.Find("Hallo NULL, willkommen.", "NULL"));
        Assert.NotEmpty(MergeFields.Find("Hallo NULL, willkommen.", "Anna Keller"));
    }

    [Theory]
    [InlineData("Hi {{first_name}}, welcome.", "Hi Anna, welcome.")]
    [InlineData("Dear Ms [Last Name], welcome.", "Dear Ms Keller, welcome.")]
    [InlineData("Guten Tag Frau {{nachname}}, willkommen.", "Guten Tag Frau Keller, willkommen.")]
    [InlineData("Dear , welcome.", "Dear Anna, welcome.")]
    public void A_name_is_filled_with_one_key(string text, string expected) =>
        Assert.Equal(expected, Coached.Reply(text, name: "Anna Keller").Fixed(RemarkKind.MergeField).Text);

    [Fact]
    public void What_we_do_not_know_is_left_to_a_person() =>
        Assert.All(ReplyCoach.Read(Coached.Reply("Your refund of [amount] is on its way, {{first_name}}.")), remark => Assert.Null(remark.Fix));
}
