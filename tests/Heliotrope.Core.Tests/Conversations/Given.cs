using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.Targets;
using Heliotrope.Core.People;

namespace Heliotrope.Core.Tests.Conversations;

/// <summary>People, times and mail that the tests of conversations begin with.</summary>
internal static class Given
{
    public static readonly Actor Priya = new(ActorKind.Person, 7, "Priya", Role.Agent);
    public static readonly Actor Marta = Actor.Customer("Marta Keller");
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Hours(double hours) => Monday.AddHours(hours);

    public static Conversation Fresh(DateTimeOffset? at = null)
    {
        Assert.True(EmailAddress.TryParse("marta@shop.example", out var address));
        return Conversation.Begin(Customer.WithAddress(address, "Marta Keller", Monday), "Grinder", "help@morrow.example", at ?? Monday);
    }

    /// <summary>Marta wrote at eight.</summary>
    public static Conversation Open()
    {
        var conversation = Fresh();
        conversation.Receive(Words("My grinder is silent."), Monday, AnswerRules.Usual);
        return conversation;
    }

    /// <summary>Priya answered at nine.</summary>
    public static Conversation Waiting()
    {
        var conversation = Open();
        Assert.Null(conversation.Reply(Priya, new OutboundMessage("Press the red button."), "1@morrow.example", resolve: false, Hours(1)).Refusal);
        return conversation;
    }

    /// <summary>Priya resolved it with her answer at nine.</summary>
    public static Conversation Resolved()
    {
        var conversation = Open();
        Assert.Null(conversation.Reply(Priya, new OutboundMessage("Press the red button."), "1@morrow.example", resolve: true, Hours(1)).Refusal);
        return conversation;
    }

    /// <summary>Marta said two times yes at ten.</summary>
    public static Conversation Confirmed()
    {
        var conversation = Resolved();
        conversation.AnswerConfidence(Marta, new(true, true, ""), Hours(2), AnswerRules.Usual);
        return conversation;
    }

    public static InboundMessage Words(string text) => new("Marta Keller", "marta@shop.example", true, false, text, "> quoted", null, "a@shop.example", 1, []);

    public static InboundMessage FromSomebodyElse(string text) => Words(text) with { FromName = "Otto", FromAddress = "otto@elsewhere.example", FromCustomer = false };

    public static InboundMessage FromMachine(bool customersAddress = true) => Words("I am out of office. Thanks!") with { Machine = true, FromCustomer = customersAddress };

    public static string[] Events(Conversation conversation) => [.. conversation.Entries.Where(e => e.Kind is EntryKind.Event).Select(e => e.Text)];
}
