using Heliotrope.Core.Reading;

namespace Heliotrope.Core.Tests.Reading;

public sealed class LifeEventTests
{
    [Theory]
    [InlineData("My mother passed away last week.")]
    [InlineData("The account holder, my late uncle, can no longer sign.")]
    [InlineData("We lost our daughter in May.")]
    [InlineData("Attached is the death certificate.")]
    [InlineData("he died on sunday and i need to close his account")]
    [InlineData("Our customer Mr Brown, who passed away in June, had two contracts.")]
    [InlineData("Meine Oma ist friedlich eingeschlafen.")]
    [InlineData("Mein Vater ist im Mai von uns gegangen.")]
    [InlineData("Anbei die Sterbeurkunde.")]
    [InlineData("Ich bin seit Kurzem Witwe.")]
    [InlineData("Mon père est décédé en mars.")]
    [InlineData("Nous avons perdu notre fils.")]
    [InlineData("Mi madre falleció el martes.")]
    [InlineData("Mia nonna è venuta a mancare.")]
    [InlineData("O meu pai faleceu ontem.")]
    [InlineData("Mijn man is vorige week overleden.")]
    public void A_death_is_heard(string text) => Assert.Equal(LifeEvent.Bereavement, MessageReading.Of(text).LifeEvent);

    [Theory]
    [InlineData(LifeEvent.Illness, "I was diagnosed with cancer and start chemo on Monday.")]
    [InlineData(LifeEvent.Illness, "Dad is in intensive care after a stroke.")]
    [InlineData(LifeEvent.Illness, "Ich liege seit zwei Wochen im Krankenhaus.")]
    [InlineData(LifeEvent.Illness, "Mon mari est hospitalisé depuis lundi.")]
    [InlineData(LifeEvent.Hardship, "I lost my job and cannot afford the rent.")]
    [InlineData(LifeEvent.Hardship, "Ich bin arbeitslos und kann die Rate nicht mehr bezahlen.")]
    [InlineData(LifeEvent.Hardship, "Estoy en paro y no puedo pagar la cuota.")]
    [InlineData(LifeEvent.Disaster, "Our house burned down last night.")]
    [InlineData(LifeEvent.Disaster, "Das Hochwasser hat unseren Keller zerstört.")]
    [InlineData(LifeEvent.Disaster, "Nous avons tout perdu dans l'incendie, notre maison a brûlé.")]
    [InlineData(LifeEvent.Divorce, "My husband and I are getting divorced.")]
    [InlineData(LifeEvent.Divorce, "Nach unserer Scheidung brauche ich einen eigenen Vertrag.")]
    [InlineData(LifeEvent.Divorce, "Mi sto separando da mio marito, il nostro divorzio è in corso.")]
    public void Other_blows_are_heard(LifeEvent happened, string text) => Assert.Equal(happened, MessageReading.Of(text).LifeEvent);

    [Theory]
    [InlineData("My phone died.")]
    [InlineData("My wife's phone died this morning.")]
    [InlineData("There is a dead link on your page.")]
    [InlineData("I nearly died laughing.")]
    [InlineData("This queue is killing me.")]
    [InlineData("What happens to the contract if I die?")]
    [InlineData("Our dog died last week.")]
    [InlineData("We are a funeral home and would like to order forty handsets.")]
    [InlineData("I am sick of your service.")]
    [InlineData("How do I enter sick days?")]
    [InlineData("A flood of emails reached me.")]
    [InlineData("I have one burning question.")]
    [InlineData("The app crashed and burned.")]
    [InlineData("Which terminal do I use?")]
    [InlineData("My deadline is on Friday.")]
    [InlineData("Do you have a book about divorce?")]
    [InlineData("The connection was separated from the server.")]
    [InlineData("My customer is a bankrupt firm, how do I write off the invoice?")]
    [InlineData("Is damage by earthquake covered?")]
    [InlineData("Das Kleid ist todschick.")]
    [InlineData("Mein Akku ist tot.")]
    [InlineData("Ich habe mich totgelacht.")]
    [InlineData("Wo finde ich die Nummer meiner Krankenkasse?")]
    [InlineData("Eine Flut von Mails erreicht mich.")]
    [InlineData("Sie haben ganz verschiedene Preise.")]
    [InlineData("Mon téléphone est mort.")]
    [InlineData("Me muero de risa.")]
    [InlineData("Il link è morto.")]
    [InlineData("O meu carregador morreu.")]
    [InlineData("Dit is een doodlopende straat.")]
    public void Words_that_only_sound_like_it_are_no_life_event(string text) => Assert.Null(MessageReading.Of(text).LifeEvent);

    [Fact]
    public void A_death_comes_before_whatever_else_happened() =>
        Assert.Equal(LifeEvent.Bereavement, MessageReading.Of("Our house burned down and my father died in the fire.").LifeEvent);

    [Fact]
    public void The_person_and_what_happened_are_the_evidence()
    {
        const string Text = "Please stop the letters: my aunt has just passed away.";
        var words = Assert.Single(MessageReading.Of(Text).Evidence, e => e.Sign == Sign.LifeEvent);
        Assert.Equal("my aunt has just passed away", Text.Substring(words.At, words.Length));
    }

    [Fact]
    public void A_trouble_of_theirs_beside_a_life_event_is_no_complaint_about_us()
    {
        Assert.False(MessageReading.Of("My son died in a crash. His phone is broken.").Complaint);
        Assert.True(MessageReading.Of("My son died in March. You still haven't refunded his ticket.").Complaint);
    }
}
