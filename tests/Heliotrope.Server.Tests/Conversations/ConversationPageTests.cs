using Heliotrope.Core.Conversations;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.Tests.Shell;

namespace Heliotrope.Server.Tests.Conversations;

public class ConversationPageTests
{
    private const string Hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    private static readonly DateTimeOffset Then = Rendered.Priya.Now.AddHours(-2);

    [Fact]
    public async Task What_a_customer_wrote_is_never_markup()
    {
        var page = await Page(new EntryView(1, EntryKind.Message, Inbound: true, Hostile, Mine: false, Then, Hostile, Quoted: Hostile,
            Attachments: [new AttachmentView(1, Hostile, Hostile, 1)], Remarks: [Hostile]), Hostile);

        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_message_as_sent_is_shown_in_a_frame_that_may_do_nothing()
    {
        var page = await Page(new EntryView(7, EntryKind.Message, Inbound: true, "Marta", Mine: false, Then, "Hello", HasHtml: true));

        Assert.Contains("""<iframe name="frame-7" src="/conversations/12/entries/7/html" sandbox loading="lazy" """, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_that_failed_can_be_sent_again_and_says_why()
    {
        var page = await Page(new EntryView(7, EntryKind.Message, Inbound: false, "Priya", Mine: true, Then, "Hello",
            Delivery: new DeliveryView(5, DeliveryState.Failed, 8, null, null, "550 no such mailbox")));

        Assert.Contains("""<form method="post" action="/outbox/5/again">""", page, StringComparison.Ordinal);
        Assert.Contains("550 no such mailbox", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DeliveryState.Waiting)]
    [InlineData(DeliveryState.Sending)]
    [InlineData(DeliveryState.Sent)]
    [InlineData(DeliveryState.InDoubt)]
    public async Task A_reply_that_did_not_fail_is_not_offered_again(DeliveryState state)
    {
        var page = await Page(new EntryView(7, EntryKind.Message, Inbound: false, "Priya", Mine: true, Then, "Hello", Delivery: new DeliveryView(5, state, 1, Then, null, null)));

        Assert.DoesNotContain("/again", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_are_mine_when_I_wrote_them_and_not_when_somebody_of_my_name_did()
    {
        EntryView By(long? user) => EntryViews.Of(
            new(1, EntryKind.Note, null, Author.Known, new(Rendered.Priya.Name, null, user), "Words", "", "", null, null, Then, [], null, "", "", [], null), Rendered.Priya with { Id = "7" });

        Assert.True(By(7).Mine);
        Assert.False(By(8).Mine);
        Assert.False(By(null).Mine);
    }

    private static Task<string> Page(EntryView entry, string words = "Grinder") => Rendered.Html<ConversationPage>(new()
    {
        ["Viewer"] = Rendered.Priya,
        ["View"] = new ConversationView(12, words, "open", "mail", new CustomerView("c1", words, words, words, Then, [new EarlierConversation(3, words, Then, null)]), null,
            [], [entry], new ClockView(Then, null, null, null, false, false, words), new InboxView("open", null, new(), new Dictionary<string, string>(),
            [new InboxRow(12, words, words, RowReason.NoAnswerYet, Then, words, Fresh: true)])),
    });
}
