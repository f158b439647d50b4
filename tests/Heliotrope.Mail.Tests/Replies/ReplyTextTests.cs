using Heliotrope.Mail.Replies;

namespace Heliotrope.Mail.Tests.Replies;

public sealed class ReplyTextTests
{
    private const string Mine = "My new words.\n\nMore of them.";

    [Theory]
    [InlineData("On Mon, 2 Feb 2026 at 10:00, Help <help@example.com> wrote:\n> Old\n> words")]
    [InlineData("On Mon, 2 Feb 2026 at 10:00, Help <help@example.com>\nwrote:\n\n> Old")]
    [InlineData("On Mon, 2 Feb 2026 at 10:00, Help <\nhelp@example.com> wrote:\n\nOld words without marks")]
    [InlineData("On 2/2/26 10:00 AM, Help wrote:\n> Old")]
    [InlineData("Am 02.02.2026 um 10:00 schrieb Help <help@example.com>:\n> Alt")]
    [InlineData("Am Mo., 2. Feb. 2026 um 10:00 Uhr schrieb Help <\nhelp@example.com>:\n\n> Alt")]
    [InlineData("Le lun. 2 févr. 2026 à 10:00, Help <help@example.com> a écrit :\n> Vieux")]
    [InlineData("El lun, 2 feb 2026 a las 10:00, Help (<help@example.com>) escribió:\n> Viejo")]
    [InlineData("Il giorno lun 2 feb 2026 alle ore 10:00 Help <help@example.com> ha scritto:\n> Vecchio")]
    [InlineData("Em seg., 2 de fev. de 2026 às 10:00, Help <help@example.com> escreveu:\n> Velho")]
    [InlineData("Op ma 2 feb 2026 om 10:00 schreef Help <help@example.com>:\n> Oud")]
    [InlineData("Den mån 2 feb. 2026 kl 10:00 skrev Help <help@example.com>:\n> Gammalt")]
    [InlineData("man. 2. feb. 2026 kl. 10:00 skrev Help <help@example.com>:\n> Gammelt")]
    [InlineData("Den man. 2. feb. 2026 kl. 10.00 skrev Help <help@example.com>:\n> Gammelt")]
    [InlineData("pon., 2 lut 2026 o 10:00 Help <help@example.com> napisał(a):\n> Stare")]
    [InlineData("ma 2. helmik. 2026 klo 10.00 Help (help@example.com) kirjoitti:\n> Vanha")]
    [InlineData("po 2. 2. 2026 v 10:00 odesílatel Help <help@example.com> napsal:\n> Staré")]
    [InlineData("пн, 2 февр. 2026 г. в 10:00, Help <help@example.com>:\n> Старое")]
    [InlineData("Help <help@example.com>, 2 Şub 2026 Pzt, 10:00 tarihinde şunu yazdı:\n> Eski")]
    [InlineData("2026年2月2日(月) 10:00 Help <help@example.com>:\n> 古い")]
    [InlineData("在 2026年2月2日，10:00，Help <help@example.com> 写道：\n> 旧")]
    [InlineData("2026-02-02 10:00 GMT+01:00 Help <help@example.com>:\n\n> Old")]
    [InlineData("From: Help <help@example.com>\nSent: Monday, February 2, 2026 10:00 AM\nTo: Ada\nSubject: RE: Order\n\nOld words")]
    [InlineData("________________________________\nVon: Help <help@example.com>\nGesendet: Montag, 2. Februar 2026 10:00\nAn: Ada\nBetreff: AW: Bestellung\n\nAlt")]
    [InlineData("*De :* Help <help@example.com>\n*Envoyé :* lundi 2 février 2026 10:00\n*À :* Ada\n*Objet :* RE: Commande\n\nVieux")]
    [InlineData("De: Help <help@example.com>\nEnviado el: lunes, 2 de febrero de 2026 10:00\nPara: Ada\nAsunto: RE: Pedido\n\nViejo")]
    [InlineData("Da: Help <help@example.com>\nInviato: lunedì 2 febbraio 2026 10:00\nA: Ada\nOggetto: R: Ordine\n\nVecchio")]
    [InlineData("Van: Help <help@example.com>\nVerzonden: maandag 2 februari 2026 10:00\nAan: Ada\nOnderwerp: RE: Bestelling\n\nOud")]
    [InlineData("Fra: Help <help@example.com>\nSendt: 2. februar 2026 10:00\nTil: Ada\nEmne: SV: Ordre\n\nGammelt")]
    [InlineData("Från: Help <help@example.com>\nSkickat: den 2 februari 2026 10:00\nTill: Ada\nÄmne: SV: Order\n\nGammalt")]
    [InlineData("Od: Help <help@example.com>\nWysłano: poniedziałek, 2 lutego 2026 10:00\nDo: Ada\nTemat: ODP: Zamówienie\n\nStare")]
    [InlineData("差出人: Help <help@example.com>\n送信日時: 2026年2月2日 10:00\n宛先: Ada\n件名: RE: 注文\n\n古い")]
    [InlineData("-----Original Message-----\nFrom: Help\nSent: Monday\n\nOld words")]
    [InlineData("-----Ursprüngliche Nachricht-----\nVon: Help\nAlt")]
    [InlineData("---------- Forwarded message ---------\nFrom: Help <help@example.com>\n\nOld words")]
    [InlineData("> Old\n>> Older")]
    [InlineData("-- \nAda Lovelace\nAnalyst")]
    [InlineData("--\nAda Lovelace\n\nSent from my iPhone")]
    [InlineData("Sent from my iPhone\n\nOn 2 Feb 2026, at 10:00, Help <help@example.com> wrote:\n\n> Old")]
    [InlineData("Get Outlook for iOS<https://aka.ms/o0ukef>")]
    [InlineData("Von meinem iPhone gesendet")]
    [InlineData("Gesendet von Outlook für Android")]
    [InlineData("Envoyé de mon iPhone")]
    [InlineData("Enviado desde mi iPhone")]
    [InlineData("Inviato da iPhone")]
    [InlineData("Verzonden vanaf mijn iPhone")]
    [InlineData("Skickat från min iPhone")]
    [InlineData("Wysłane z iPhone'a")]
    public void What_is_below_the_new_words_is_left_out(string below)
    {
        var parts = ReplyText.Split(Mine + "\n\n" + below + "\n");
        Assert.Equal(Mine, parts.Reply);
        Assert.Equal(below.Count(char.IsLetter), parts.Quoted.Count(char.IsLetter));
    }

    [Theory]
    [InlineData("On the other hand, I wrote:\nnothing at all.")]
    [InlineData("On page 5 you wrote:\n\nthat it is free. It is not.")]
    [InlineData("From: Paris\nTo: London\nDate: 5 May\nPlease book it.")]
    [InlineData("Sent from my desk, which is much easier than my phone.")]
    [InlineData("I wanted:\n-- a red one\n-- a blue one")]
    [InlineData("Points\n----\n\nOne\n\n----\n\nTwo")]
    [InlineData("In 2019 he wrote:\nyes")]
    [InlineData("Subject: to change, as always.")]
    [InlineData("I bought it on 2 Feb 2026 at 10:00.\nIt came late.")]
    public void Ordinary_words_stay(string text) => Assert.Equal(new ReplyParts(text, ""), ReplyText.Split(text));

    [Fact]
    public void Answers_between_the_lines_of_a_quote_are_kept() =>
        Assert.Equal("Hi,\n\nYes, it does.\n\nThe red one.\n\nAda", ReplyText.Split(
            "Hi,\nOn Mon, 2 Feb 2026 at 10:00, Help <help@example.com> wrote:\n> Does it work?\n\nYes, it does.\n\n> Which one?\nThe red one.\n> Thanks\n\nAda").Reply);

    [Fact]
    public void An_answer_below_the_quote_is_kept() =>
        Assert.Equal("Below it.", ReplyText.Split("On 2 Feb 2026 10:00, Help <help@example.com> wrote:\n> Old\n\nBelow it.\n-- \nAda").Reply);

    [Fact]
    public void Answers_within_a_quote_without_marks_are_not_lost() =>
        Assert.Contains("my answer", ReplyText.Split("On 2 Feb 2026 10:00, Help <help@example.com> wrote:\n\nOld words\nmy answer").Reply, StringComparison.Ordinal);

    [Fact]
    public void Only_a_quote_has_no_new_words() => Assert.Equal("", ReplyText.Split("> Old\n> words").Reply);

    [Fact]
    public void Nothing_gives_nothing() => Assert.Equal(new ReplyParts("", ""), ReplyText.Split(""));
}
