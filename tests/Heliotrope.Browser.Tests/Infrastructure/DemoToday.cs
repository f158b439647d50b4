namespace Heliotrope.Browser.Tests.Infrastructure;

/// <summary>What lies on the desk of <see cref="Demo"/> this morning.</summary>
internal static class DemoToday
{
    /// <summary>Fills the inbox.</summary>
    public static async Task Arrives(this Demo demo)
    {
        await Lena(demo);
        await Marta(demo);
        await Somebody(demo, 3.1, Demo.From("Jonas Weber", "Invoice 2041 shows the old address", "Good morning,\n\nwe moved in October. Could you send invoice 2041 once more, to the new address?"));
        await Somebody(demo, 2.7, Demo.From("Chloé Martin", "Ma commande n'est pas arrivée", "Bonjour,\n\nj'ai commandé deux paquets la semaine dernière et je n'ai rien reçu. Pouvez-vous m'aider ?\n\nMerci"));
        var ines = await Somebody(demo, 2.1, Demo.From("Inês Duarte", "Beans for a wedding, 120 guests", "Hello, we marry in May and would like to give a small bag to everyone. What do we have to know?"));
        await demo.Assign(ines, demo.Tom);
        await Somebody(demo, .7, Demo.From("Samuel Okafor", "A gift that must not show its price", "Hello, can you send it to my sister without the invoice in the box?"));
        await Somebody(demo, .2, Demo.From("Hana Novak", "Which grinder for a moka pot?", "I am new to this. Which of the two small ones do you recommend for a moka pot?"));
        await Waiting(demo);
        demo.Now();
    }

    private static async Task<long> Somebody(Demo demo, double ago, TestMail mail)
    {
        demo.Ago(ago);
        return await demo.Receive(mail);
    }

    private static async Task Lena(Demo demo)
    {
        var before = Demo.From("Lena Fischer", "A scale for slow mornings", "Hello, is the small scale in stock again?");
        demo.Ago(1000);
        var earlier = await demo.Receive(before);
        demo.Ago(999);
        await demo.Reply(demo.Priya, earlier, "It is, since this morning.", resolve: true);
        demo.Ago(990);
        await demo.Answer(earlier, "Lena Fischer", resolved: true, again: true);

        var mail = Demo.From("Lena Fischer", "The grinder only hums", "Hello, the grinder I bought last week only hums, and the beans do not move. It smells a little warm, so I have stopped trying. I have friends over on Sunday. What can I do?");
        demo.Ago(3.6);
        var number = await demo.Receive(mail);
        demo.Ago(3.3);
        await demo.Note(demo.Tom, number, "Numbers below 400 came with the weak switch. We have **three** new ones here.");
        demo.Ago(3.2);
        await demo.Assign(number, demo.Priya);
        await demo.Reply(demo.Priya, number, "Good morning Lena, it was right to stop at once. Two things would help me:\n\n- the number under the base\n- whether the top turns **by hand**");
        demo.Ago(1.3);
        await demo.Receive(mail.Answer("The number is 0387, and the top does not turn at all.\n\nToday, Priya Nair wrote:\n> the number under the base\n> whether the top turns by hand", mail.MessageId));
    }

    private static async Task Marta(Demo demo)
    {
        demo.Ago(30);
        var number = await demo.Receive(Demo.From("Marta Ruiz", "Decaf that tastes of nothing", "Hi, the last bag tastes of nothing at all. Is it old?"));
        demo.Ago(28);
        await demo.Reply(demo.Tom, number, "Hello Marta, a fresh one is on its way.", resolve: true);
        demo.Ago(1.8);
        await demo.Answer(number, "Marta Ruiz", resolved: false, again: true, "It has not come yet.");
    }

    private static async Task Waiting(Demo demo)
    {
        demo.Ago(26);
        var number = await demo.Receive(Demo.From("Oliver Grant", "Can you grind it for a French press?", "Please grind my next order coarsely."));
        demo.Ago(25);
        await demo.Reply(demo.Tom, number, "With pleasure. How coarse: like sugar, or like salt?");
    }
}
