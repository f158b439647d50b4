using System.Text;
using Heliotrope.Mail.Reading;

namespace Heliotrope.Mail.Tests.Reading;

public sealed class FeedbackReportTests
{
    private static MailMessage Read(string fields, string original) => MailReader.Read(Encoding.UTF8.GetBytes($"""
        From: feedback@provider.example
        Subject: FW: Order
        Content-Type: multipart/report; report-type=feedback-report; boundary=b

        --b

        This is a report.
        --b
        Content-Type: message/feedback-report

        {fields}
        --b
        {original}
        --b--

        """));

    private const string Whole = "Content-Type: message/rfc822\n\nFrom: help@desk.example\nTo: ada@client.example\nMessage-ID: <17@desk.example>\n\nHello";

    [Fact]
    public void A_complaint_tells_kind_person_and_mail() => Assert.Equal(new FeedbackReport("opt-out", "bo@client.example", "17@desk.example"),
        Read("Feedback-Type: opt-out\nUser-Agent: x/1\nVersion: 1\nOriginal-Rcpt-To: <bo@client.example>", Whole).Feedback);

    [Fact]
    public void Who_complains_may_stand_in_the_mail_complained_of() => Assert.Equal(new FeedbackReport("abuse", "ada@client.example", "17@desk.example"),
        Read("Feedback-Type: abuse", Whole).Feedback);

    [Fact]
    public void Headers_alone_are_enough() => Assert.Equal(new FeedbackReport("fraud", "ada@client.example", "17@desk.example"),
        Read("Feedback-Type: Fraud", Whole.Replace("message/rfc822", "text/rfc822-headers", StringComparison.Ordinal)).Feedback);

    [Fact]
    public void A_report_without_anything_is_a_report() => Assert.Equal((AutoKind.Report, new FeedbackReport("abuse", null, null)),
        (Read("", "").Auto, Read("", "").Feedback));

    [Fact]
    public void Reports_on_many_mails_are_about_nobody()
    {
        var message = MailReader.Read("From: dmarc@provider.example\nSubject: Report Domain: desk.example Submitter: provider.example\n\n"u8.ToArray());
        Assert.Equal((AutoKind.Report, null), (message.Auto, message.Feedback));
    }

    [Fact]
    public void A_sending_service_tells_it_in_its_own_words() => Assert.Equal(new FeedbackReport("abuse", "ada@client.example", "17@desk.example"),
        MailReader.Read("""
            Subject: Complaint

            {"notificationType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"ada@client.example"}],"complaintFeedbackType":"abuse"},"mail":{"messageId":"17-000","commonHeaders":{"messageId":"<17@desk.example>"}}}
            """u8.ToArray()).Feedback);

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    public void Whatever_a_sending_service_says_it_is_a_report_on_nothing_known(string type) => Assert.Equal(new FeedbackReport("abuse", null, null),
        MailReader.Read(System.Text.Encoding.ASCII.GetBytes("Subject: Complaint\n\n{\"notificationType\":\"Complaint\",\"complaint\":{\"complaintFeedbackType\":" + type + "}}\n")).Feedback);

    [Theory]
    [InlineData("X-Failed-Recipients: bo@client.example\n", "bo@client.example: retry timeout exceeded, 450 4.2.1 mailbox busy", "failed")]
    [InlineData("", "Could not be delivered: giving up after 5 days. 450 4.2.1 mailbox busy", "failed")]
    [InlineData("", "Could not be delivered yet: 450 4.2.1 mailbox busy. We will try again for 4 days.", "delayed")]
    public void Who_has_given_up_is_told_from_who_tries_again(string header, string text, string action) => Assert.Equal(action,
        MailReader.Read(System.Text.Encoding.ASCII.GetBytes($"From: mailer-daemon@client.example\nSubject: Delivery problem\n{header}\n{text}\n")).Bounce?.Action);

    [Fact]
    public void A_bounce_tells_which_mail_did_not_arrive()
    {
        var message = MailReader.Read(Encoding.UTF8.GetBytes("From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
            + "--b\n\nUnknown.\n--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; ada@client.example\nAction: failed\nStatus: 5.1.1\n--b\n" + Whole + "\n--b--\n"));
        Assert.Equal(new BounceReport("ada@client.example", "5.1.1", "failed", "17@desk.example"), message.Bounce);
    }
}
