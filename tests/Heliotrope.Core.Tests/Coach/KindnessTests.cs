using Heliotrope.Core.Coach;

namespace Heliotrope.Core.Tests.Coach;

/// <summary>Gratitude, form letters, selling, and what was told already.</summary>
public class KindnessTests
{
    [Theory]
    [InlineData("Thank you so much for the quick help yesterday!", "Hi Anna, the next service is due in May.", "gratitude.thanks")]
    [InlineData("I love my new lamp, it is gorgeous.", "Hi Anna, bulbs are in the shop.", "gratitude.thanks")]
    [InlineData("No hurry at all, but is the blue one back yet?", "Hi Anna, it is back on Monday.", "gratitude.patience")]
    [InlineData("Just wanted to let you know that there is a typo on your page about lamps.", "Hi Anna, it has been changed.", "gratitude.help")]
    [InlineData("You charged me too little, the second lamp is not on the bill.", "Hi Anna, a new bill is attached.", "gratitude.help")]
    [InlineData("Vielen Dank für die schnelle Hilfe gestern!", "Hallo Anna, die nächste Wartung ist im Mai.", "gratitude.thanks")]
    [InlineData("Eilt nicht, aber ist die blaue schon da?", "Hallo Anna, sie kommt am Montag.", "gratitude.patience")]
    [InlineData("Ich wollte nur Bescheid geben: Auf Ihrer Seite ist ein Tippfehler.", "Hallo Anna, er ist berichtigt.", "gratitude.help")]
    [InlineData("Ihr Monteur war großartig, Hut ab!", "Hallo Anna, die nächste Wartung ist im Mai.", "gratitude.thanks")]
    [InlineData("Thank you so much for the quick help yesterday!", "You are very welcome, Anna. The next service is due in May.", "")]
    [InlineData("I love my new lamp, it is gorgeous.", "Hi Anna, how good to hear. Bulbs are in the shop.", "")]
    [InlineData("No hurry at all, but is the blue one back yet?", "Hi Anna, thanks for your patience, it is back on Monday.", "")]
    [InlineData("Thanks in advance! When do you open?", "Hi Anna, at nine.", "")]
    [InlineData("Vielen Dank für die schnelle Hilfe gestern!", "Gern geschehen, Anna! Die nächste Wartung ist im Mai.", "")]
    [InlineData("Danke im Voraus! Wann öffnen Sie?", "Hallo Anna, um neun.", "")]
    public void Thanks_are_given_where_they_are_due(string message, string reply, string expected) => Assert.Equal(expected, Coached.Reply(reply, message).Kinds());

    [Theory]
    [InlineData(RemarkKind.Gratitude, "Thank you so much for the quick help yesterday!", "Hi Anna, the next service is due in May.")]
    [InlineData(RemarkKind.Gratitude, "Eilt nicht, aber ist die blaue schon da?", "Hallo Anna, sie kommt am Montag.")]
    public void Thanks_are_one_key_away(RemarkKind kind, string message, string reply) => Assert.Equal("", Coached.Reply(reply, message).Fixed(kind).Kinds());

    [Theory]
    [InlineData("Dear customer, thank you for contacting us. Your satisfaction is important to us. We will get back to you as soon as possible.", "form-letter.stock")]
    [InlineData("Thank you for your message. Your request has been forwarded to the relevant department.", "form-letter.stock")]
    [InlineData("Sehr geehrte Kundin, vielen Dank für Ihre Anfrage. Ihre Zufriedenheit liegt uns am Herzen.", "form-letter.stock")]
    [InlineData("Vielen Dank für Ihre Nachricht. Ihr Anliegen wurde weitergeleitet und wird schnellstmöglich bearbeitet.", "form-letter.stock")]
    [InlineData("Hi Anna, thank you for your message. The lamp fits both sockets, and the blue one is back on Monday.", "")]
    [InlineData("Hallo Anna, vielen Dank für Ihre Nachricht. Die Lampe passt in beide Fassungen, die blaue kommt am Montag.", "")]
    public void Words_that_would_fit_any_message_answer_nobody(string reply, string expected) => Assert.Equal(expected, Coached.Reply(reply, reply.Contains("vielen", StringComparison.OrdinalIgnoreCase) ? "Welche Fassung braucht die Lampe?" : "Which socket does the lamp need?").Kinds());

    [Theory]
    [InlineData(3, "form-letter.same")]
    [InlineData(2, "")]
    public void Nearly_the_same_text_for_many_is_a_form_letter(int times, string expected)
    {
        const string Body = "the lamp that you asked for is back in the shop, in blue and in grey. The shade is linen, the cable has three metres, and the bulb is in the box. Order {0} is put aside for you until Monday.";
        var recent = Enumerable.Range(0, times).Select(i => $"Hi Ben, {string.Format(System.Globalization.CultureInfo.InvariantCulture, Body, 4711 + i)}\n\nPriya").Append("Hello, something else entirely.").ToArray();

        Assert.Equal(expected, Coached.Reply($"Dear Anna, {string.Format(System.Globalization.CultureInfo.InvariantCulture, Body, 99)}\n\nKind regards\nJonas", "When?", recent: recent).Kinds());
    }

    [Fact]
    public void Short_answers_may_be_alike() => Assert.Equal("", Coached.Reply("Hi Anna, done.", "Please pause it.", recent: ["Hi Ben, done.", "Hi Cleo, done.", "Hi Dan, done."]).Kinds());

    [Theory]
    [InlineData("My lamp arrived broken.", "Hi Anna, a broken lamp, I am sorry! A new one leaves today. Have you considered our premium plan?", "selling")]
    [InlineData("My lamp arrived broken.", "Hi Anna, a broken lamp, I am sorry! A new one leaves today. Use the code LIGHT10 for 10 % off your next order.", "selling")]
    [InlineData("Meine Lampe kam kaputt an.", "Hallo Anna, eine kaputte Lampe, das tut mir leid! Die neue geht heute raus. Kennen Sie schon unser Premium-Paket?", "selling")]
    [InlineData("My lamp arrived broken.", "Hi Anna, a broken lamp, I am sorry! A new one leaves today, with a free upgrade to our premium model.", "")]
    [InlineData("My lamp arrived broken.", "Hi Anna, a broken lamp, I am sorry! A new one leaves today, and a voucher code as an apology: SORRY10.", "")]
    [InlineData("Meine Lampe kam kaputt an.", "Hallo Anna, eine kaputte Lampe, das tut mir leid! Die neue geht heute raus, das Premium-Paket ist ein Jahr lang kostenlos.", "")]
    [InlineData("Which plan fits a family?", "Hi Anna, have you considered our premium plan? It has six seats.", "")]
    public void Nothing_is_sold_to_whoever_complains(string message, string reply, string expected) => Assert.Equal(expected, Coached.Reply(reply, message).Kinds());

    [Theory]
    [InlineData("Order 4471882: where is it?", "Hi Anna, could you send me your order number?", "re-ask")]
    [InlineData("Can you call me on +44 20 7946 0321?", "Hi Anna, gladly. What is your phone number?", "re-ask")]
    [InlineData("Please send it to 12 Mill Lane, Leeds.", "Hi Anna, gladly. Could you tell us your delivery address?", "re-ask")]
    [InlineData("Which bulb fits the Corvo X2?", "Hi Anna, which model do you have?", "re-ask")]
    [InlineData("I bought it on 3 May. Is it still under guarantee?", "Hi Anna, when did you buy it?", "re-ask")]
    [InlineData("Is this normal? I attached a photo.", "Hi Anna, could you send us a photo?", "re-ask")]
    [InlineData("Can we have room 8 again?", "Hi Anna, gladly. Which room would that be?", "re-ask")]
    [InlineData("We are 6 guests, is there a table?", "Hi Anna, how many guests will you be?", "re-ask")]
    [InlineData("Bestellung 4471882: Wo ist sie?", "Hallo Anna, können Sie mir Ihre Bestellnummer schicken?", "re-ask")]
    [InlineData("Rufen Sie mich unter 0351 5550123 an?", "Hallo Anna, gern. Wie ist Ihre Telefonnummer?", "re-ask")]
    [InlineData("Bitte an die Lindenstraße 4 in Köln.", "Hallo Anna, gern. Nennen Sie uns bitte Ihre Lieferadresse.", "re-ask")]
    [InlineData("Ist das normal? Foto anbei.", "Hallo Anna, können Sie uns ein Foto schicken?", "re-ask")]
    [InlineData("Where is my order?", "Hi Anna, could you send me your order number?", "")]
    [InlineData("Order 4471882: where is it?", "Hi Anna, is 4471882 your order number, or is there another one?", "")]
    [InlineData("Order 4471882: where is it?", "Hi Anna, I have your order number, and it arrives on Friday.", "")]
    [InlineData("Please send it to 12 Mill Lane, Leeds.", "Hi Anna, is the delivery address still correct?", "")]
    [InlineData("Is this normal? I attached a photo.", "Hi Anna, could you send us another photo, closer to the hinge?", "")]
    [InlineData("Wo ist meine Bestellung?", "Hallo Anna, können Sie mir Ihre Bestellnummer schicken?", "")]
    public void What_they_told_us_is_not_asked_again(string message, string reply, string expected) => Assert.Equal(expected, Coached.Reply(reply, message).Kinds());

    [Fact]
    public void What_we_hold_elsewhere_is_not_asked_either()
    {
        var reply = Coached.Reply("Hi Anna, could you tell me your email address?", "Where is my order?");

        Assert.Equal("", reply.Kinds());
        Assert.Equal("re-ask", (reply with { Known = ["anna@people.example"] }).Kinds());
    }
}
