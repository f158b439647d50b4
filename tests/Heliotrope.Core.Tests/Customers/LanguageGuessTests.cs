using FsCheck;
using FsCheck.Fluent;
using Heliotrope.Core.Customers;

namespace Heliotrope.Core.Tests.Customers;

public sealed class LanguageGuessTests
{
    private static readonly Dictionary<string, string[]> Messages = new()
    {
        ["en"] =
        [
            "My grinder stopped this morning and I have guests tonight.",
            "Hello, I ordered two bags of coffee but only one arrived.",
            "Can you tell me when the parcel will be here?",
            "The invoice has the wrong address on it. Please send a new one.",
            "Thank you, it works now.",
            "I would like to change my subscription to every second week.",
            "Hi Priya, the new part fits. What should I do with the old one?",
            "We cannot log in since yesterday, the page says that our account is locked.",
            "Where do I find the manual for this model?",
            "I'm sorry to bother you again, it is still making that noise.",
        ],
        ["de"] =
        [
            "Meine Mühle ist heute Morgen stehen geblieben und ich habe am Abend Gäste.",
            "Guten Tag, ich habe zwei Packungen bestellt, aber nur eine ist angekommen.",
            "Können Sie mir sagen, wann das Paket kommt?",
            "Auf der Rechnung steht die falsche Adresse. Bitte schicken Sie mir eine neue.",
            "Danke, es funktioniert jetzt.",
            "Ich möchte mein Abo auf alle zwei Wochen ändern.",
            "Hallo Priya, das neue Teil passt. Was mache ich mit dem alten?",
            "Wir können uns seit gestern nicht anmelden, das Konto ist gesperrt.",
            "Wo finde ich die Anleitung für dieses Modell?",
            "Leider macht sie immer noch dieses Geräusch.",
        ],
        ["fr"] =
        [
            "Mon moulin s’est arrêté ce matin et j’ai des invités ce soir.",
            "Bonjour, j’ai commandé deux paquets mais un seul est arrivé.",
            "Pouvez-vous me dire quand le colis arrivera ?",
            "L’adresse sur la facture est fausse. Merci de m’en envoyer une nouvelle.",
            "Merci, cela fonctionne maintenant.",
            "Je voudrais changer mon abonnement pour toutes les deux semaines.",
            "Bonjour Priya, la nouvelle pièce convient. Que dois-je faire de l’ancienne ?",
            "Nous ne pouvons plus nous connecter depuis hier, notre compte est bloqué.",
            "Où puis-je trouver le mode d’emploi de ce modèle ?",
            "Malheureusement elle fait toujours ce bruit.",
        ],
        ["es"] =
        [
            "Mi molinillo se paró esta mañana y tengo invitados por la noche.",
            "Hola, pedí dos paquetes de café pero solo ha llegado uno.",
            "¿Me pueden decir cuándo llega el paquete?",
            "La dirección de la factura está mal. Envíenme una nueva, por favor.",
            "Gracias, ya funciona.",
            "Quisiera cambiar mi suscripción a cada dos semanas.",
            "Hola Priya, la pieza nueva encaja. ¿Qué hago con la vieja?",
            "No podemos entrar desde ayer, la página dice que nuestra cuenta está bloqueada.",
            "¿Dónde encuentro el manual de este modelo?",
            "Lamentablemente sigue haciendo ese ruido.",
        ],
        ["it"] =
        [
            "Il mio macinacaffè si è fermato questa mattina e stasera ho ospiti.",
            "Buongiorno, ho ordinato due confezioni ma ne è arrivata solo una.",
            "Potete dirmi quando arriva il pacco?",
            "L’indirizzo sulla fattura è sbagliato. Mandatemene una nuova, per favore.",
            "Grazie, adesso funziona.",
            "Vorrei cambiare il mio abbonamento a ogni due settimane.",
            "Ciao Priya, il pezzo nuovo va bene. Che cosa faccio con quello vecchio?",
            "Non riusciamo ad accedere da ieri, la pagina dice che il nostro conto è bloccato.",
            "Dove trovo il manuale di questo modello?",
            "Purtroppo fa ancora quel rumore.",
        ],
        ["pt"] =
        [
            "O meu moinho parou esta manhã e tenho visitas à noite.",
            "Olá, encomendei dois pacotes de café mas só chegou um.",
            "Podem dizer-me quando chega a encomenda?",
            "O endereço na fatura está errado. Enviem-me uma nova, por favor.",
            "Obrigado, já funciona.",
            "Gostaria de mudar a minha assinatura para cada duas semanas.",
            "Olá Priya, a peça nova serve. O que faço com a velha?",
            "Não conseguimos entrar desde ontem, a página diz que a nossa conta está bloqueada.",
            "Onde encontro o manual deste modelo?",
            "Infelizmente continua a fazer esse barulho.",
        ],
        ["nl"] =
        [
            "Mijn molen is vanmorgen gestopt en ik heb vanavond gasten.",
            "Hallo, ik heb twee pakken koffie besteld maar er is er maar één aangekomen.",
            "Kunt u mij zeggen wanneer het pakket komt?",
            "Het adres op de factuur is verkeerd. Stuurt u mij een nieuwe?",
            "Bedankt, het werkt nu.",
            "Ik wil mijn abonnement graag wijzigen naar elke twee weken.",
            "Hoi Priya, het nieuwe onderdeel past. Wat doe ik met het oude?",
            "Wij kunnen sinds gisteren niet meer inloggen, onze account is geblokkeerd.",
            "Waar vind ik de handleiding van dit model?",
            "Helaas maakt hij nog steeds dat geluid.",
        ],
    };

    public static TheoryData<string, string> Known
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (language, messages) in Messages)
            {
                foreach (var message in messages)
                {
                    data.Add(language, message);
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Known))]
    public void The_language_of_a_customer_is_heard(string language, string message) => Assert.Equal(language, LanguageGuess.Of(message));

    [Theory, MemberData(nameof(Known))]
    public void Shouting_does_not_change_the_language(string language, string message) => Assert.Equal(language, LanguageGuess.Of(message.ToUpperInvariant()));

    [Theory]
    [InlineData("")]
    [InlineData("Grinder")]
    [InlineData("RMA 4711-22")]
    [InlineData("OK")]
    [InlineData("https://shop.example/de/das-und-die")]
    [InlineData("das.und.die.ist@nicht.example")]
    [InlineData("Marta Keller\n+41 44 000 00 00")]
    [InlineData("コーヒーミルが動きません")]
    [InlineData("Кофемолка не работает")]
    [InlineData("Kahvimylly ei toimi enää ollenkaan")]
    [InlineData("Το μηχάνημα δεν λειτουργεί")]
    [InlineData("Hej, jeg har købt en kværn hos jer og den er gået i stykker")]
    [InlineData("Hej, min kvarn har slutat fungera och jag har gäster i kväll")]
    [InlineData("Mój młynek przestał działać dziś rano")]
    [InlineData("Değirmenim bu sabah durdu, akşam misafirim var")]
    public void What_tells_nothing_gives_no_language(string message) => Assert.Null(LanguageGuess.Of(message));

    [Fact]
    public void Two_languages_in_equal_parts_give_none() =>
        Assert.Null(LanguageGuess.Of("Wir haben die Rechnung noch nicht. I have not got the invoice."));

    [Fact]
    public void A_guess_is_null_or_a_language_it_knows() =>
        Prop.ForAll<string?>(text => LanguageGuess.Of(text ?? "") is not { } guess || LanguageGuess.Languages.Contains(guess)).QuickCheckThrowOnFailure();

    [Fact]
    public void Saying_it_twice_changes_nothing() =>
        Prop.ForAll(Arb.From(Gen.Elements(Messages.Values.SelectMany(m => m).ToArray()).ArrayOf(3)), m =>
            LanguageGuess.Of(string.Join(' ', m)) == LanguageGuess.Of(string.Join(' ', m.Concat(m)))).QuickCheckThrowOnFailure();
}
