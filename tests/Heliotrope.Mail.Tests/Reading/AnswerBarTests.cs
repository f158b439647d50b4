using System.Text;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Tests.Reading;

public sealed class AnswerBarTests
{
    private const string Ada = "From: Ada <ada@client.example>\nTo: help@desk.example\nSubject: Order 4711\n";

    private static AnswerBar Bar(string headers) => MailReader.Read(Encoding.UTF8.GetBytes(headers + "\nHello")).Bar("help@desk.example", "team@desk.example");

    [Theory]
    [InlineData("", AnswerBar.None)]
    [InlineData("Auto-Submitted: no\n", AnswerBar.None)]
    [InlineData("Return-Path: <ada@client.example>\nDelivered-To: help@desk.example\nDelivered-To: team@desk.example\n", AnswerBar.None)]
    [InlineData("X-Auto-Response-Suppress: DR, RN, NRN\n", AnswerBar.None)]
    [InlineData("X-Loop: somebody@else.example\n", AnswerBar.None)]
    [InlineData("Auto-Submitted: auto-replied\n", AnswerBar.Automatic)]
    [InlineData("Auto-Submitted: auto-generated\n", AnswerBar.Automatic)]
    [InlineData("List-Id: <news.client.example>\n", AnswerBar.List)]
    [InlineData("Precedence: bulk\n", AnswerBar.List)]
    [InlineData("Return-Path: <>\n", AnswerBar.NullSender)]
    [InlineData("X-Auto-Response-Suppress: OOF, AutoReply\n", AnswerBar.AskedNotTo)]
    [InlineData("X-Auto-Response-Suppress: All\n", AnswerBar.AskedNotTo)]
    [InlineData("Reply-To: no-reply@client.example\n", AnswerBar.AskedNotTo)]
    [InlineData("Reply-To: donotreply+17@client.example\n", AnswerBar.AskedNotTo)]
    [InlineData("Reply-To: keine-antwort@client.example\n", AnswerBar.AskedNotTo)]
    [InlineData("X-Loop: help@desk.example\n", AnswerBar.Loop)]
    [InlineData("Delivered-To: help@desk.example\nDelivered-To: other@client.example\nDelivered-To: Help@desk.example\n", AnswerBar.Loop)]
    public void It_is_known_who_must_not_be_answered(string more, AnswerBar bar) => Assert.Equal(bar, Bar(Ada + more));

    [Fact]
    public void Mail_from_ourselves_goes_in_a_circle() => Assert.Equal(AnswerBar.Loop, Bar("From: Team@desk.example\nTo: help@desk.example\n"));

    [Fact]
    public void A_mail_that_passed_fifty_servers_goes_in_a_circle() =>
        Assert.Equal(AnswerBar.Loop, Bar(Ada + string.Concat(Enumerable.Repeat("Received: from a by b; Mon, 2 Feb 2026 10:00:00 +0100\n", 51))));

    [Fact]
    public void Nobody_cannot_be_answered() => Assert.Equal(AnswerBar.NoAddress, Bar("Subject: x\n"));
}
