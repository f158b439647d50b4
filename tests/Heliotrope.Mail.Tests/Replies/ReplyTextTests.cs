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
    [InlineData("Op 02-02-2026 10:00 heeft Help <help@example.com> geschreven:\n> Oud")]
    [InlineData("Dne po 2. 2. 2026 v 10:00 Help <help@example.com> napsal(a):\n> Staré")]
    [InlineData("Help <help@example.com> ezt írta (időpont: 2026. febr. 2., H, 10:00):\n\n> Régi")]
    [InlineData("În lun., 2 feb. 2026 la 10:00, Help <help@example.com> a scris:\n\n> Vechi")]
    [InlineData("Στις Δευ 2 Φεβ 2026 στις 10:00 ο χρήστης Help <help@example.com> έγραψε:\n\n> Παλιά")]
    [InlineData("пн, 2 лют. 2026 р. о 10:00 Help <help@example.com> пише:\n\n> Старе")]
    [InlineData("2026년 2월 2일 (월) 오전 10:00, Help <help@example.com>님이 작성:\n\n> 옛말")]
    [InlineData("El dl., 2 febr. 2026 a les 10:00, Help (<help@example.com>) va escriure:\n\n> Vell")]
    [InlineData("Dana pon, 2. velj 2026. u 10:00 Help <help@example.com> je napisao:\n\n> Staro")]
    [InlineData("V V pon., 2. feb. 2026 ob 10:00 je oseba Help <help@example.com> napisala:\n\n> Staro")]
    [InlineData("Pada tanggal Sen, 2 Feb 2026 pukul 10.00 Help <help@example.com> menulis:\n\n> Lama")]
    [InlineData("Vào Th 2, 2 thg 2, 2026 vào lúc 10:00 Help <help@example.com> đã viết:\n\n> Cũ")]
    [InlineData("This e-mail and any attachments are confidential and intended solely for the addressee. If you have received it in error,\nplease notify the sender and delete it.")]
    [InlineData("Diese E-Mail enthält vertrauliche und/oder rechtlich geschützte Informationen. Wenn Sie nicht der richtige Adressat sind oder\ndiese E-Mail irrtümlich erhalten haben, informieren Sie bitte sofort den Absender und vernichten Sie diese Mail.")]
    [InlineData("Ce message et toutes les pièces jointes sont confidentiels et établis à l'intention exclusive de ses destinataires. Toute utilisation non autorisée est interdite.")]
    [InlineData("Este mensaje y sus archivos adjuntos son confidenciales y se dirigen exclusivamente a su destinatario. Si lo ha recibido por error, elimínelo.")]
    [InlineData("Questo messaggio e i suoi allegati sono riservati e destinati esclusivamente al destinatario. Se ricevuto per errore si prega di cancellarlo.")]
    [InlineData("Esta mensagem pode conter informação confidencial e destina-se apenas ao destinatário. Se a recebeu por engano, por favor apague-a.")]
    [InlineData("Dit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde. Indien u dit bericht per abuis ontvangt, verwijder het dan.")]
    [InlineData("Denne e-mail er fortrolig og kun bestemt for den angivne modtager. Har du modtaget den ved en fejl, bedes du slette den og give besked.")]
    [InlineData("Detta meddelande är konfidentiellt och endast avsett för mottagaren. Om du fått det av misstag, radera det och meddela avsändaren.")]
    [InlineData("Tämä viesti on luottamuksellinen ja tarkoitettu vain vastaanottajalle. Jos sait viestin vahingossa, poista se ja ilmoita lähettäjälle.")]
    [InlineData("Niniejsza wiadomość jest poufna i przeznaczona wyłącznie dla adresata. Jeżeli otrzymali ją Państwo omyłkowo, prosimy o jej usunięcie.")]
    [InlineData("Tento e-mail je důvěrný a je určen pouze příjemci. Pokud jste jej obdrželi omylem, smažte jej prosím a informujte odesílatele zprávy.")]
    [InlineData("Bu e-posta gizli bilgiler içerebilir ve yalnızca alıcısı içindir. Yanlışlıkla size ulaştıysa lütfen göndereni bilgilendirip siliniz.")]
    [InlineData("Это сообщение содержит конфиденциальную информацию и предназначено только адресату. Если вы получили его по ошибке, удалите его.")]
    [InlineData("本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的收件人。如果您错收了本邮件，请立即通知发件人并删除本邮件。")]
    [InlineData("このメールには機密情報が含まれている場合があります。誤って受信された場合は、お手数ですが削除してください。宛先以外の方の利用を禁じます。")]
    [InlineData("Please consider the environment before printing this e-mail.")]
    [InlineData("Bitte denken Sie an die Umwelt, bevor Sie diese E-Mail drucken.")]
    [InlineData("Virus-free. www.avast.com")]
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
    [InlineData("Hello,\n\nThis message is confidential.\nAda")]
    [InlineData("Hello,\n\nThe information that I was sent is intended for somebody else, I think: please delete my number from it and tell me when it is done.")]
    [InlineData("Hello,\n\nbefore printing my invoice, please correct the address.")]
    [InlineData("This e-mail and any attachments are confidential and intended solely for the addressee. If you have received it in error, delete it.")]
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
