using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Happiness;

namespace Heliotrope.Core.Tests.Happiness;

public sealed class ThanksReadingTests
{
    [Theory]
    [InlineData("Thanks!")]
    [InlineData("Thank you so much, it works now.")]
    [InlineData("Hi Priya,\n\nThat did the trick. Thank you!\n\nBest regards\nMarta Keller")]
    [InlineData("Perfect, thanks a lot")]
    [InlineData("THANK YOU!!! Everything is working again.")]
    [InlineData("Thanks, the problem is solved.")]
    [InlineData("Great, it arrived today and works perfectly. Many thanks and have a nice weekend")]
    [InlineData("Thank you again for your help, no further questions.")]
    [InlineData("No worries, thanks for the quick reply")]
    [InlineData("I can’t thank you enough")]
    [InlineData("Thx :)")]
    [InlineData("Much appreciated, you can close this.")]
    [InlineData("Hello Priya, the new grinder arrived early this morning and it works again\nas it did on the first day. Thank you for your patience and your kindness!")]
    public void English_thanks_close(string words) => Closes(words);

    [Theory]
    [InlineData("Danke, hat geklappt!")]
    [InlineData("Vielen lieben Dank, es funktioniert jetzt wieder.")]
    [InlineData("Guten Tag Frau Nair,\n\nherzlichen Dank für Ihre schnelle Hilfe. Alles läuft.\n\nMit freundlichen Grüßen\nJürgen Groß")]
    [InlineData("Super, vielen Dank! Noch einen schönen Tag")]
    [InlineData("Dankeschön")]
    [InlineData("Das Problem ist behoben, besten Dank")]
    [InlineData("Nochmals danke und ein schönes Wochenende")]
    public void German_thanks_close(string words) => Closes(words);

    [Theory]
    [InlineData("Merci beaucoup, ça marche !")]
    [InlineData("Bonjour Madame Nair,\nMerci pour votre aide, tout fonctionne à nouveau.\nCordialement,\nChloé Lefèvre")]
    [InlineData("Parfait, merci encore")]
    [InlineData("Le problème est résolu. Je vous remercie. Bonne journée")]
    [InlineData("Merci de votre réponse rapide")]
    [InlineData("Merci d’avoir réglé cela si vite")]
    public void French_thanks_close(string words) => Closes(words);

    [Theory]
    [InlineData("Muchas gracias, ya funciona.")]
    [InlineData("Hola Priya, perfecto, muchísimas gracias. Un saludo, Íñigo")]
    [InlineData("Todo resuelto, gracias por su ayuda")]
    [InlineData("Gracias de nuevo, ya ha llegado el paquete")]
    public void Spanish_thanks_close(string words) => Closes(words);

    [Theory]
    [InlineData("Grazie mille, adesso funziona!")]
    [InlineData("Buongiorno, tutto risolto. Grazie e buona giornata")]
    [InlineData("La ringrazio, siete stati gentilissimi")]
    [InlineData("Perfetto, grazie ancora")]
    public void Italian_thanks_close(string words) => Closes(words);

    [Theory]
    [InlineData("Muito obrigada, está resolvido.")]
    [InlineData("Olá, já funciona. Obrigado pela ajuda!")]
    [InlineData("Perfeito, agradeço a sua ajuda")]
    [InlineData("Tudo certo, obrigado. Cumprimentos, João Araújo")]
    public void Portuguese_thanks_close(string words) => Closes(words);

    [Theory]
    [InlineData("Bedankt, het werkt weer!")]
    [InlineData("Hartelijk dank voor uw snelle hulp. Met vriendelijke groet, Anneke")]
    [InlineData("Het is opgelost, dank je wel")]
    [InlineData("Top, nogmaals bedankt en een fijne dag")]
    public void Dutch_thanks_close(string words) => Closes(words);

    [Theory]
    [InlineData("Mange tak")]
    [InlineData("Tack för hjälpen!")]
    [InlineData("Большое спасибо")]
    [InlineData("ありがとうございます。")]
    public void A_few_words_of_thanks_close_in_other_languages(string words) => Closes(words);

    [Theory]
    [InlineData("Thanks, but it still does not work")]
    [InlineData("Thanks in advance")]
    [InlineData("Thank you in advance for your help!")]
    [InlineData("thank you for nothing")]
    [InlineData("Could you send me another one, thanks")]
    [InlineData("Thanks. Is there a manual?")]
    [InlineData("Thanks, please call me.")]
    [InlineData("No thanks")]
    [InlineData("Thanks for your reply. My order number is 4711.")]
    [InlineData("Thanks, here is the photo")]
    [InlineData("Thank you. The noise comes from the left side")]
    [InlineData("Great, thanks, now it is even worse")]
    [InlineData("Thanks, I will try that tonight.")]
    [InlineData("Thanks, it happened again")]
    [InlineData("My grinder leaks. Thanks, Marta")]
    [InlineData("I need a refund. Thanks.")]
    [InlineData("Thank you for looking into this, I look forward to hearing from you")]
    [InlineData("Thanks, that worked for the grinder. The kettle shows E4 now")]
    [InlineData("Thank you, there is an error on the invoice")]
    [InlineData("I'd be grateful if somebody called me")]
    [InlineData("Thanks. Machine leaks")]
    [InlineData("Thanks, one more question about the invoice")]
    [InlineData("It works now.")]
    [InlineData("")]
    public void English_words_that_leave_something_open_do_not_close(string words) => StaysOpen(words);

    [Theory]
    [InlineData("Danke, aber es geht immer noch nicht.")]
    [InlineData("Vielen Dank im Voraus")]
    [InlineData("Danke für nichts")]
    [InlineData("Danke. Wann kommt das Paket")]
    [InlineData("Vielen Dank, anbei die Rechnung")]
    [InlineData("Danke, ich probiere es heute Abend aus")]
    [InlineData("Danke für die Antwort, es geht um die Rechnung vom März")]
    [InlineData("Danke, jetzt ist sie wieder stehen geblieben")]
    public void German_words_that_leave_something_open_do_not_close(string words) => StaysOpen(words);

    [Theory]
    [InlineData("Merci, mais cela ne marche toujours pas")]
    [InlineData("Merci d'avance")]
    [InlineData("Merci de m’envoyer la facture")]
    [InlineData("Merci d’envoyer un technicien")]
    [InlineData("Merci pour rien")]
    [InlineData("Merci, voici la photo")]
    [InlineData("Merci, elle n’est plus chaude")]
    [InlineData("Merci ! Quand arrive le colis")]
    public void French_words_that_leave_something_open_do_not_close(string words) => StaysOpen(words);

    [Theory]
    [InlineData("Gracias, pero sigue sin funcionar")]
    [InlineData("Gracias de antemano")]
    [InlineData("Gracias por nada")]
    [InlineData("¿Cuándo llega? Gracias")]
    [InlineData("Gracias, adjunto la foto")]
    [InlineData("Grazie, ma non funziona")]
    [InlineData("Grazie in anticipo")]
    [InlineData("Grazie, allego la foto")]
    [InlineData("Grazie. Il rumore viene da sinistra")]
    [InlineData("Obrigado, mas ainda não funciona")]
    [InlineData("Desde já agradeço")]
    [InlineData("Obrigada, segue a fatura em anexo")]
    [InlineData("Obrigado. A máquina faz um barulho estranho")]
    [InlineData("Bedankt, maar het werkt nog niet")]
    [InlineData("Alvast bedankt")]
    [InlineData("Bedankt voor niets")]
    [InlineData("Bedankt, hierbij de foto")]
    [InlineData("Dank u. Het geluid komt van links")]
    [InlineData("Tak, men den virker stadig ikke")]
    [InlineData("ありがとうございます。まだ動きません")]
    [InlineData("Спасибо, не работает")]
    public void Words_in_other_languages_that_leave_something_open_do_not_close(string words) => StaysOpen(words);

    [Fact]
    public void Thanks_inside_a_long_complaint_do_not_close() => StaysOpen(
        "Thank you for your answer. I bought this grinder in March and it has been to your workshop three times since. Each time it came back with the same sound, "
        + "and each time I was told that it is fine. I have guests on Saturday. I expect that somebody calls me today. Thank you.");

    [Fact]
    public void Kind_words_repeated_without_end_do_not_close() => StaysOpen(string.Concat(Enumerable.Repeat("Thank you. ", 30)));

    [Fact]
    public void One_long_breath_holds_more_than_thanks() => StaysOpen(
        "Thank you the grinder works great with the old beans since the new burr came from your shop and it makes a sound like a train on the lower setting");

    [Fact]
    public void Anything_with_a_question_mark_is_open() => Prop.ForAll<string?, string?>((before, after) =>
        !ThanksReading.ClosesWithThanks($"{before} Thanks! ? {after}")).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_can_be_read_and_without_thanks_nothing_closes() =>
        Prop.ForAll(Arb.From(ArbMap.Default.GeneratorFor<char[]>().Select(c => new string(c))), text => !ThanksReading.ClosesWithThanks(text + "\ud800")).QuickCheckThrowOnFailure();

    [Fact]
    public void A_but_opens_whatever_was_said_before() =>
        Prop.ForAll(Arb.From(Gen.Elements("Thanks!", "Danke, hat geklappt!", "Merci beaucoup", "Muchas gracias, ya funciona", "Grazie mille", "Obrigada", "Bedankt, het werkt")), Arb.From(Gen.Elements("but", "aber", "mais", "pero", "ma", "mas", "maar")), (thanks, but) =>
            ThanksReading.ClosesWithThanks(thanks) && !ThanksReading.ClosesWithThanks($"{thanks} {but} …")).QuickCheckThrowOnFailure();

    private static void Closes(string words) => Assert.True(ThanksReading.ClosesWithThanks(words));

    private static void StaysOpen(string words) => Assert.False(ThanksReading.ClosesWithThanks(words));
}
