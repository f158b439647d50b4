using System.Text;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Tests.Reading;

public sealed class AutoReplyTests
{
    private static AutoKind Kind(string subject, string headers = "") =>
        MailReader.Read(Encoding.UTF8.GetBytes($"From: ada@client.example\nSubject: {subject}\n{headers}\nHello")).Auto;

    /// <summary>As mail programs begin them, for those that forget the headers.</summary>
    [Theory]
    [InlineData("Automatic reply: Order 4711")]
    [InlineData("Out of Office: Re: Order")]
    [InlineData("Auto-Reply from Ada")]
    [InlineData("Automatische Antwort: Bestellung")]
    [InlineData("Abwesenheitsnotiz: Bestellung")]
    [InlineData("Réponse automatique : Commande")]
    [InlineData("Message d’absence : Commande")]
    [InlineData("Respuesta automática: Pedido")]
    [InlineData("Fuera de la oficina: Pedido")]
    [InlineData("Risposta automatica: Ordine")]
    [InlineData("Fuori ufficio: Ordine")]
    [InlineData("Resposta automática: Pedido")]
    [InlineData("Automatisch antwoord: Bestelling")]
    [InlineData("Automatisk svar: Ordre")]
    [InlineData("Automatiskt svar: Order")]
    [InlineData("Automaattinen vastaus: Tilaus")]
    [InlineData("Automatyczna odpowiedź: Zamówienie")]
    [InlineData("Automatická odpověď: Objednávka")]
    [InlineData("Automatikus válasz: Rendelés")]
    [InlineData("Răspuns automat: Comandă")]
    [InlineData("Otomatik yanıt: Sipariş")]
    [InlineData("Αυτόματη απάντηση: Παραγγελία")]
    [InlineData("Автоматический ответ: Заказ")]
    [InlineData("Автоматична відповідь: Замовлення")]
    [InlineData("自動応答: 注文")]
    [InlineData("自动答复: 订单")]
    [InlineData("자동 회신: 주문")]
    public void Automatic_answers_are_known_by_how_they_begin(string subject) => Assert.Equal(AutoKind.AutoReply, Kind(subject));

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Auto-Submitted: auto-replied (vacation)")]
    [InlineData("Auto-Submitted: auto-generated")]
    [InlineData("X-Autoreply: yes")]
    [InlineData("X-Autorespond: yes")]
    [InlineData("Precedence: auto_reply")]
    public void Or_by_what_they_say_of_themselves(string header) => Assert.Equal(AutoKind.AutoReply, Kind("Order", header + "\n"));

    [Theory]
    [InlineData("Re: Automatic reply: Order 4711")]
    [InlineData("AW: Automatische Antwort: Bestellung")]
    [InlineData("Automatic reply button does not work")]
    [InlineData("Out of office furniture")]
    [InlineData("Auto: Kratzer am Lack")]
    [InlineData("Vacation rental in May")]
    [InlineData("Automatische Türen klemmen")]
    [InlineData("I was out of office: now I read it")]
    [InlineData("Undelivered parcel")]
    [InlineData("Mail delivery to my new address")]
    [InlineData("Failure notice on the display")]
    [InlineData("Zustellung nicht möglich?")]
    [InlineData("Returned mail order")]
    [InlineData("Absence du produit")]
    [InlineData("Respuesta")]
    [InlineData("Delivery failed, where is my order?")]
    [InlineData("Mailbox full of water")]
    public void Ordinary_mail_is_never_taken_for_automatic(string subject) => Assert.Equal(AutoKind.None, Kind(subject, "Auto-Submitted: no\nReturn-Path: <ada@client.example>\n"));
}
