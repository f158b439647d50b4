using Heliotrope.Core.Coach;

namespace Heliotrope.Core.Tests.Coach;

/// <summary>Complexity, and the customer's own words.</summary>
public class PlainnessTests
{
    private const string LongSentence =
        "the lamp that you ordered with the blue shade and the long cable will leave our house in the north of the town on Friday morning and reach you on Monday before noon if the roads stay dry";

    [Theory]
    [InlineData("Hi Anna, " + LongSentence + ".", "complexity.long")]
    [InlineData("Hi Anna, the RMA number is on the label.", "complexity.jargon")]
    [InlineData("Hi Anna, we will escalate it to tier 2 support by noon.", "complexity.jargon")]
    [InlineData("Hi Anna, the EDI and the ASN of the WMS were late.", "complexity.jargon")]
    [InlineData("Hi Anna, how old is it? Where does it stand? And who uses it?", "complexity.asks")]
    [InlineData("Hi Anna, please send us your order number, a photo of the box and your phone number.", "complexity.asks")]
    [InlineData("Hi Anna, the cancellation, the reimbursement and the reallocation need verification.", "complexity.heavy")]
    [InlineData("Hallo Anna, die RMA-Nummer steht auf dem Zettel.", "complexity.jargon")]
    [InlineData("Hallo Anna, der Ausgleich auf dem Debitorenkonto folgt.", "complexity.jargon")]
    [InlineData("Hallo Anna, wie alt ist sie? Wo steht sie? Und wer benutzt sie?", "complexity.asks")]
    [InlineData("Hallo Anna, die Veranlassung der Überprüfung und die Durchführung der Anpassung folgen.", "complexity.heavy")]
    public void Heavy_writing_is_remarked(string reply, string expected) => Assert.Equal(expected, Coached.Reply(reply, reply.StartsWith("Hallo", StringComparison.Ordinal) ? "Was ist mit meiner Lampe?" : "What about my lamp?").Kinds());

    [Theory]
    [InlineData("Hi Anna, the lamp leaves on Friday; it comes with the blue shade and the long cable: you can hang it over the table, which is where you said that it should be, and it will reach down to the vase.")]
    [InlineData("Hi Anna,\n- the lamp with the blue shade that you ordered in the second week of May goes out today\n- the long cable that you asked for in your last mail is in the same box as the lamp\n- the bulb comes on Monday")]
    [InlineData("Hi Anna, the PDF with the IBAN is in your account.")]
    [InlineData("Hi Anna, two things would help: how old is it? Where does it stand?")]
    [InlineData("Hi Anna, is it the blue one? Let me know if there is anything else you need.")]
    [InlineData("Hallo Anna, die PDF mit der IBAN liegt im Konto.")]
    [InlineData("Hallo Anna, ist es die blaue? Schreiben Sie mir, wenn noch etwas ist.")]
    public void Plain_writing_is_not(string reply) => Assert.Equal("", Coached.Reply(reply, "Hello, my lamp?").Kinds());

    [Fact]
    public void A_word_that_the_customer_used_is_no_jargon() => Assert.Equal("", Coached.Reply("Hi Anna, the RMA number is on the label.", "Where do I find the RMA number?").Kinds());

    [Fact]
    public void A_plain_word_is_one_key_away() =>
        Assert.Equal("Hi Anna, the return number is on the label.", Coached.Reply("Hi Anna, the RMA number is on the label.").Fixed(RemarkKind.Complexity).Text);

    [Theory]
    [InlineData("My parcel has not come. Where is the parcel?", "Hi Anna, I am sorry that you are waiting. The shipment is in Leeds.", "words")]
    [InlineData("Where can I leave my old sofa?", "Hi Anna, we collect the couch on Monday.", "words")]
    [InlineData("When is the bin emptied?", "Hi Anna, residual waste receptacles are emptied on Thursdays.", "words")]
    [InlineData("Wo ist mein Paket?", "Hallo Anna, die Sendung liegt in Köln.", "words")]
    [InlineData("Wann wird die Tonne geleert?", "Hallo Anna, Restabfallbehälter werden am Donnerstag geleert.", "words")]
    [InlineData("My parcel has not come. Where is the parcel?", "Hi Anna, I am sorry that you are waiting. The parcel is in Leeds, the shipment note is attached.", "")]
    [InlineData("Where is my package, the one with the shipment number 12345?", "Hi Anna, the shipment is in Leeds.", "")]
    [InlineData("Wo ist mein Paket?", "Hallo Anna, das Paket liegt in Köln, die Sendung ist vollständig.", "")]
    [InlineData("Wann geht meine Waschmaschine wieder?", "Hallo Anna, das Gerät läuft ab Montag.", "")]
    public void Their_word_is_used_for_the_matter(string message, string reply, string expected) => Assert.Equal(expected, Coached.Reply(reply, message).Kinds());

    [Fact]
    public void Their_word_is_one_key_away() =>
        Assert.Equal("Hi Anna, we collect the sofa on Monday.", Coached.Reply("Hi Anna, we collect the couch on Monday.", "Where can I leave my old sofa?").Fixed(RemarkKind.Words).Text);
}
