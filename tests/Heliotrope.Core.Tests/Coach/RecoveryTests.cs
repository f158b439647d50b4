using Heliotrope.Core.Coach;

namespace Heliotrope.Core.Tests.Coach;

public class RecoveryTests
{
    private const string Late = "My parcel is two weeks late and nobody answers my mails.";
    private const string Spaet = "Mein Paket ist seit zwei Wochen überfällig und niemand antwortet mir.";

    [Theory]
    [InlineData(Late, "Hi Anna, your parcel is in Leeds and arrives on Friday.", "acknowledge, apologise")]
    [InlineData(Late, "Hi Anna, we apologise. It arrives on Friday.", "acknowledge")]
    [InlineData(Late, "Hi Anna, we apologise for the inconvenience. It arrives on Friday.", "acknowledge")]
    [InlineData(Late, "Hi Anna, two weeks without a word is maddening. It arrives on Friday.", "apologise")]
    [InlineData(Late, "Hi Anna, two weeks and not one answer: I am sorry. It arrives on Friday.", "")]
    [InlineData(Late, "Hi Anna, I'm sorry that we kept you waiting. It arrives on Friday.", "")]
    [InlineData(Late, "Hi Anna, that was our mistake, and you had to chase us. It arrives on Friday.", "")]
    [InlineData(Late, "Hi Anna, please forgive us the long silence. It arrives on Friday.", "")]
    [InlineData(Late, "Hi Anna, my apologies for the delay. It arrives on Friday.", "")]
    [InlineData(Late, "Hi Anna, you have every right to be cross, and we regret that it took so long. It arrives on Friday.", "")]
    [InlineData(Spaet, "Hallo Anna, Ihr Paket liegt in Köln und kommt am Freitag.", "acknowledge, apologise")]
    [InlineData(Spaet, "Hallo Anna, wir bitten um Entschuldigung. Es kommt am Freitag.", "acknowledge")]
    [InlineData(Spaet, "Hallo Anna, zwei Wochen ohne Antwort, das ist ärgerlich. Es kommt am Freitag.", "apologise")]
    [InlineData(Spaet, "Hallo Anna, zwei Wochen ohne Antwort, das tut mir leid. Es kommt am Freitag.", "")]
    [InlineData(Spaet, "Hallo Anna, entschuldigen Sie, dass wir Sie so lange warten ließen. Es kommt am Freitag.", "")]
    [InlineData(Spaet, "Hallo Anna, das war unser Fehler, und Sie mussten auch noch nachfragen. Es kommt am Freitag.", "")]
    [InlineData(Spaet, "Hallo Anna, ich bitte um Verzeihung für das lange Schweigen. Es kommt am Freitag.", "")]
    [InlineData(Spaet, "Hallo Anna, den Ärger verstehe ich, und ich entschuldige mich. Es kommt am Freitag.", "")]
    [InlineData("The carrier threw my parcel over the fence and it is broken.", "Hi Anna, a new one leaves today and the carrier has been told.", "acknowledge, apologise")]
    public void A_complaint_is_acknowledged_and_apologised_for(string message, string reply, string expected) => Assert.Equal(expected, Coached.Reply(reply, message).Kinds());

    [Theory]
    [InlineData("Is the blue lamp still to be had?", "Hi Anna, it is, in both sizes.")]
    [InlineData("Please change my address to 12 Mill Lane, Leeds.", "Hi Anna, done, and the next parcel goes there.")]
    [InlineData("I'd like to cancel my subscription at the end of the month.", "Hi Anna, it ends on the 31st. You need to do nothing.")]
    [InlineData("Gibt es die blaue Lampe noch?", "Hallo Anna, ja, in beiden Größen.")]
    [InlineData("Bitte ändern Sie meine Adresse auf Mühlweg 12.", "Hallo Anna, erledigt, das nächste Paket geht dorthin.")]
    [InlineData("Ich möchte zum Monatsende kündigen.", "Hallo Anna, das Abo endet am 31. Sie müssen nichts weiter tun.")]
    public void Who_only_asks_needs_no_apology(string message, string reply) => Assert.Equal("", Coached.Reply(reply, message).Kinds());

    [Theory]
    [InlineData("Hi Anna, I'm sorry if you feel that we were slow. It arrives on Friday.", "feel")]
    [InlineData("Hi Anna, we are sorry you feel this way. It arrives on Friday.", "feel")]
    [InlineData("Hi Anna, I apologise if the delay caused any trouble. It arrives on Friday.", "if")]
    [InlineData("Hi Anna, sorry, but our carrier decides that. It arrives on Friday.", "but")]
    [InlineData("Hi Anna, we regret any inconvenience this may have caused. It arrives on Friday.", "if")]
    [InlineData("Hi Anna, mistakes were made. It arrives on Friday.", "nobody")]
    [InlineData("Hallo Anna, es tut uns leid, wenn Sie das so empfinden. Es kommt am Freitag.", "feel")]
    [InlineData("Hallo Anna, es tut uns leid, dass Sie das so empfinden. Es kommt am Freitag.", "feel")]
    [InlineData("Hallo Anna, sollten Ihnen Unannehmlichkeiten entstanden sein, bedauern wir das. Es kommt am Freitag.", "if")]
    [InlineData("Hallo Anna, tut uns leid, aber das entscheidet der Zusteller. Es kommt am Freitag.", "but")]
    [InlineData("Hallo Anna, Fehler passieren. Es kommt am Freitag.", "nobody")]
    public void A_hollow_apology_is_none_and_is_not_asked_for_twice(string reply, string why)
    {
        var kinds = Coached.Reply(reply, reply.StartsWith("Hallo", StringComparison.Ordinal) ? Spaet : Late).Kinds();

        Assert.Contains($"non-apology.{why}", kinds, StringComparison.Ordinal);
        Assert.DoesNotContain("apologise", kinds.Replace("non-apology", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hi Anna, I am sorry that we let you wait for two weeks, and for any inconvenience. It arrives on Friday.")]
    [InlineData("Hi Anna, two weeks late, without any excuse: I apologise. It arrives on Friday.")]
    public void Beside_a_real_apology_a_figure_of_speech_is_let_pass(string reply) => Assert.Equal("", Coached.Reply(reply, Late).Kinds());

    [Theory]
    [InlineData(RemarkKind.Apologise)]
    [InlineData(RemarkKind.NonApology)]
    [InlineData(RemarkKind.Acknowledge)]
    public void One_key_puts_an_opening_there_that_suits_the_matter(RemarkKind kind)
    {
        var reply = Coached.Reply(kind == RemarkKind.NonApology ? "Hi Anna, I'm sorry if you were annoyed. It arrives on Friday." : "Hi Anna, it arrives on Friday.", Late);

        Assert.DoesNotContain(Coached.Kind(kind), reply.Fixed(kind).Kinds().Replace("non-apology", kind == RemarkKind.NonApology ? "non-apology" : "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void It_belongs_after_the_greeting() => Assert.All(ReplyCoach.Read(Coached.Reply("Hi Anna,\n\nit arrives on Friday.", Late)), remark => Assert.Equal((10, 0), (remark.At, remark.Length)));

    [Fact]
    public void A_second_answer_need_not_begin_again() => Assert.Equal("", (Coached.Reply("Hi Anna, it is in the van now. Is it there?", Late) with { IsFollowUp = true }).Kinds());

    [Fact]
    public void A_reply_that_has_hardly_begun_is_left_alone() => Assert.Equal("", Coached.Reply("Hi Anna, your", Late).Kinds());
}
