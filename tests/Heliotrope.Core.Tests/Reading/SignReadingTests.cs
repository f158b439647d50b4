using Heliotrope.Core.Reading;

namespace Heliotrope.Core.Tests.Reading;

public sealed class SignReadingTests
{
    [Theory]
    [InlineData("The kettle stopped working after two days.")]
    [InlineData("Unfortunately the parcel arrived damaged.")]
    [InlineData("I was charged twice for one order. Could you look into it?")]
    [InlineData("It was supposed to be here on Monday and there is no sign of it.")]
    [InlineData("Your drivers are horrible, I hate waiting for them.")]
    [InlineData("Der Wasserkocher ist nach zwei Tagen kaputt gegangen.")]
    [InlineData("Leider kam das Paket beschädigt an.")]
    [InlineData("Mir wurde der Betrag doppelt abgebucht.")]
    [InlineData("Seit drei Wochen warte ich auf eine Antwort.")]
    [InlineData("La bouilloire ne fonctionne plus.")]
    [InlineData("Me han cobrado dos veces el mismo pedido.")]
    [InlineData("Il pacco è arrivato rotto.")]
    [InlineData("A encomenda chegou partida.")]
    [InlineData("Het pakket is kapot aangekomen.")]
    public void A_wrong_that_is_told_is_a_complaint(string text) => Assert.True(MessageReading.Of(text).Complaint);

    [Theory]
    [InlineData("How do I return something that arrived damaged?")]
    [InlineData("What happens if the parcel is lost?")]
    [InlineData("Please cancel my subscription at the end of the month.")]
    [InlineData("It was broken at first, but your colleague fixed it. Thank you!")]
    [InlineData("Wie melde ich, wenn etwas kaputt ankommt?")]
    [InlineData("Hiermit kündige ich mein Abo zum Monatsende.")]
    [InlineData("Keine Beschwerde, nur eine Frage: Gibt es das auch in Blau?")]
    [InlineData("Je voudrais résilier mon abonnement.")]
    [InlineData("¿Tienen este modelo en azul?")]
    public void A_question_a_supposition_a_notice_and_what_was_put_right_are_none(string text) => Assert.False(MessageReading.Of(text).Complaint);

    [Theory]
    [InlineData("Thank you, that worked.")]
    [InlineData("Many thanks to Ola, she was so patient.")]
    [InlineData("Vielen Dank für die schnelle Hilfe!")]
    [InlineData("Danke!")]
    [InlineData("Merci beaucoup pour votre aide.")]
    [InlineData("Muchas gracias por todo.")]
    [InlineData("Grazie mille, è perfetto.")]
    [InlineData("Muito obrigada pela ajuda.")]
    [InlineData("Hartelijk dank voor de snelle hulp.")]
    public void Real_thanks_are_heard(string text) => Assert.True(MessageReading.Of(text).Gratitude);

    [Theory]
    [InlineData("Please send me the invoice. Thanks!")]
    [InlineData("Thanks in advance for your answer.")]
    [InlineData("Thanks for nothing.")]
    [InlineData("No, thanks.")]
    [InlineData("I would be grateful if you could call me.")]
    [InlineData("Bitte schicken Sie mir die Rechnung. Danke!")]
    [InlineData("Danke im Voraus.")]
    [InlineData("Na vielen Dank auch.")]
    [InlineData("Merci de me rappeler.")]
    [InlineData("Gracias de antemano.")]
    [InlineData("Alvast bedankt.")]
    public void Thanks_for_what_is_still_to_be_done_and_bitter_thanks_are_none(string text) => Assert.False(MessageReading.Of(text).Gratitude);

    [Theory]
    [InlineData("This is urgent, please call me.")]
    [InlineData("I need the ticket by tomorrow.")]
    [InlineData("Our flight leaves in two hours.")]
    [InlineData("Das ist dringend!")]
    [InlineData("Bitte antworten Sie noch heute.")]
    [InlineData("C'est urgent, mon train part dans une heure.")]
    [InlineData("Lo necesito hoy mismo.")]
    [InlineData("È urgente, parto domani.")]
    [InlineData("É urgente, por favor.")]
    [InlineData("Het is dringend.")]
    public void A_near_time_and_a_plea_for_speed_are_urgent(string text) => Assert.True(MessageReading.Of(text).Urgency);

    [Theory]
    [InlineData("It is not urgent.")]
    [InlineData("No rush, whenever you have time.")]
    [InlineData("What is the emergency number for the lift?")]
    [InlineData("Your colleague helped me immediately.")]
    [InlineData("Es eilt nicht.")]
    [InlineData("Ich hoffe, bald von Ihnen zu hören.")]
    [InlineData("Mir wurde sofort geholfen.")]
    public void What_has_time_is_not_urgent(string text) => Assert.False(MessageReading.Of(text).Urgency);

    [Theory]
    [InlineData("Where is my parcel?")]
    [InlineData("where is my parcel")]
    [InlineData("can you send it again")]
    [InlineData("wann kommt das paket")]
    [InlineData("¿Dónde está?")]
    [InlineData("你们几点开门？")]
    public void Who_asks_is_heard_with_and_without_a_mark(string text) => Assert.True(MessageReading.Of(text).Question);

    [Theory]
    [InlineData("Please send me the invoice.")]
    [InlineData("When I came home it was there.")]
    [InlineData("See https://example.com/?a=b for the photo.")]
    [InlineData("Wie besprochen sende ich die Fotos.")]
    public void A_statement_asks_nothing(string text) => Assert.False(MessageReading.Of(text).Question);
}
