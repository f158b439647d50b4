using Heliotrope.Core.Reading;

namespace Heliotrope.Core.Tests.Reading;

public sealed class SentimentReadingTests
{
    private static double Feeling(string text) => MessageReading.Of(text).Sentiment ?? 0;

    [Theory]
    [InlineData("The food here is good.", "The food here is very good.")]
    [InlineData("The food here is good.", "The food here is GOOD.")]
    [InlineData("The food here is good.", "The food here is good!")]
    [InlineData("The food here is good!", "The food here is good!!!")]
    [InlineData("The food here is not good.", "The food here is good.")]
    [InlineData("The food here is somewhat good.", "The food here is good.")]
    [InlineData("The food is good, but the service is horrible.", "The service is horrible, but the food is good.")]
    [InlineData("The food here is good :(", "The food here is good :)")]
    [InlineData("The food here is good 😡", "The food here is good 😍")]
    [InlineData("Das Essen ist gut.", "Das Essen ist sehr gut.")]
    [InlineData("Das Essen hier ist nicht gut.", "Das Essen hier ist gut.")]
    [InlineData("Euer neues Programm gefällt mir überhaupt nicht.", "Euer neues Programm gefällt mir sehr.")]
    [InlineData("Die Kasse war gut, aber das Essen war schrecklich.", "Das Essen war schrecklich, aber die Kasse war gut.")]
    [InlineData("Le repas n'est pas bon.", "Le repas est très bon.")]
    [InlineData("La comida no es buena aquí.", "La comida es muy buena aquí.")]
    [InlineData("Il cibo qui non è buono.", "Il cibo qui è molto buono.")]
    [InlineData("A comida aqui não é boa.", "A comida aqui é muito boa.")]
    [InlineData("Het eten is hier niet goed.", "Het eten is hier heel goed.")]
    public void The_second_is_happier_than_the_first(string first, string second) => Assert.True(Feeling(first) < Feeling(second), $"{Feeling(first)} {Feeling(second)}");

    [Theory]
    [InlineData("This is the worst service that I have ever had.")]
    [InlineData("Ich bin sehr enttäuscht von Ihrem Service.")]
    [InlineData("Je suis très déçu de votre service.")]
    [InlineData("Estoy muy decepcionado con su servicio.")]
    [InlineData("Sono molto deluso dal vostro servizio.")]
    [InlineData("Estou muito desiludido com o vosso serviço.")]
    [InlineData("Ik ben erg teleurgesteld in jullie service.")]
    public void Disappointment_is_negative(string text) => Assert.InRange(Feeling(text), -1, -0.3);

    [Theory]
    [InlineData("What a wonderful shop, I love it.")]
    [InlineData("Ein wunderbarer Laden, ich bin begeistert.")]
    [InlineData("Un magasin formidable, je suis ravie.")]
    [InlineData("Una tienda maravillosa, estoy encantada con todo.")]
    [InlineData("Un negozio meraviglioso, sono molto contenta.")]
    [InlineData("Uma loja maravilhosa, estou muito contente.")]
    [InlineData("Een geweldige winkel, ik ben er heel blij mee.")]
    public void Delight_is_positive(string text) => Assert.InRange(Feeling(text), 0.3, 1);

    [Theory]
    [InlineData("Where do I find the number of my contract?")]
    [InlineData("Wo steht die Nummer meines Vertrags?")]
    [InlineData("Mitä mieltä olette tästä kauheasta palvelusta?")]
    [InlineData("Ужасное обслуживание, я очень разочарован.")]
    [InlineData("4711")]
    public void What_no_word_of_a_lexicon_tells_is_unknown_and_not_neutral(string text) => Assert.Null(MessageReading.Of(text).Sentiment);

    [Theory]
    [InlineData("Dear Sir or Madam, my contract has the number 12. Kind regards, J. Okoro")]
    [InlineData("Sehr geehrte Damen und Herren, mein Vertrag hat die Nummer 12. Mit freundlichen Grüßen, J. Okoro")]
    public void Courtesy_is_no_feeling(string text) => Assert.Null(MessageReading.Of(text).Sentiment);

    [Fact]
    public void A_wrong_done_is_a_bad_feeling_whatever_words_it_is_told_in() =>
        Assert.InRange(Feeling("Thanks a bunch for cancelling my train when I was on the platform."), -1, -0.1);
}
