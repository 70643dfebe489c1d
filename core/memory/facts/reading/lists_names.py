"""More given names, of many countries, small letters: those of `lists_people` are the commonest."""

from __future__ import annotations

_MORE = """
aaliyah adeline adriana agata agnieszka aiko akira aksel alasdair alba aldo alejandra aleksander alessandra
alessandro alessia alistair aliyah allegra aloys alva alvin ambrose amaya amandine amaury amélie anaïs ananya
anders aneta anika anjali anke annabelle anneke annelies annemarie annie antje antoine antonella antonia
antonina aram arash ariadne ariane ariel armando arne arno arnold arthur artur arvid asger ashok asta asher
astri athena aubrey august auguste augusta aurelia aurélie axelle aylin ayla ayaan aziz bahar balázs barnabas
bartek bartosz basil bastian beata beatrix beatriz benoit benoît berenice bernadette bertha bertil berit bethany
bianka birgit birgitta bjarne blanca blanche bogdan bohdan bojan bonnie boris branko brendan brigitte brigid
bronwyn bruna burak calum candice caoimhe carlo carlotta carolina caroline casper caspar cassandra catalina
catarina caterina celeste celia celine céline cem cesar chandra chantal charlène chiara chinedu chloé christa
christel christoph ciara cillian clarissa claude claus clelia clément colette conor constance constantin cora
coralie cordelia cornelia cornelius cosima cristian cristina cyril dafydd dalia damien danica danilo danuta
daphne darek dario darius darren dawid declan delia delphine demetrius denisa desmond devika dewi diane dilan
dinah dirk domenico dominik dominika dorothea dorota dragan dragana duncan dušan ebba eberhard eckhard edda edna
edoardo edvard edwin efua egon eilidh einar eirik ekaterina elaina eleni eleonora elettra elfriede eliana elina
elinor elisabeth elke ella eloise elodie elsa else elspeth elvira emanuel emeka emine emre enid enzo erin ernst
ervin esme esperanza esra estelle estrella eszter etienne étienne euan eunice evan ewa ewan fabiana fabio
fabrice fadi farah farhan farid fatoumata faye federica federico ferdinand fergus fernanda fernando filip
filippo finlay finn finnian flavia florin floriane folake franca francesco françois françoise frans franziska
frederic frédéric frederik friederike fritjof gabriele gaël gaspard gaston geert genevieve geneviève georg
georges georgina geraldine germán gero gertrud gianluca gideon gilbert gilles gina ginevra giorgia giuseppe
gisela gitte goran göran gonzalo gottfried gregor greta grete gudrun guillaume gunnar gunther günther gustave
gwendolyn gyula hadley haakon hakan hamid hamza hanne hannelore harald hari haruka haruki harumi hector hédi
heidrun helge hella hélène hendrik henk henri henriette henrietta herbert hermann hermine hilary hildegard
hjalmar hiroki holger honor horace hortense hubert huda hussein hyacinth iain idris ignacio igor ilaria ilka
ilse imani imke imogen imran ines inés inga inge inger ingmar ingo ingvild inka ioana ion iona irena irina irma
ishaan ismail isolde istván ivana iva ivar iwona jaap jacek jacqueline jacques jadwiga jakob jakub janek janina
janna jannik jarek jaroslav jasmina jasper javid jeanette jeanne jeannette jelena jenna jens-peter jerzy joachim
joana joanne joaquín jochen johann johanne jonah jolanta joost jordi jörg joris jorrit josefine josephina josip
jovan joyce juliana juliane juliette julio junko jürg jutta kacper kaia kaja kalina kamal kamil kamila karen
karina karol karolina kasper katarina katarzyna katerina katharine katrin katrina katya kavita kazimierz keiko
keira kemal kerem khadija kieran kiran kirstin kjell klara klemens knut kofi kojo konstantin kornelia kristian
kristina kristof krystyna krzysztof kseniya ksenia laila lamia lara larissa lasse laszlo lászló latifa laurent
laurens laurie lavinia layla leander leif leila leni lennart lenka leonardo leonora leopold leszek letizia levi
lidia lieke liesbeth lilith lilja lillian linnea linus lionel lisbeth livia ljiljana lorena lorna lothar lotta
louane luc lucian luciana luciano lucien lucille lucinda lucie ludmila ludwig luigi luise lutz luzia lydie
maarten maciej madeleine mads mael maëlle magdalena magnus maja malachi malgorzata małgorzata malin malte mandy
manon marcel marcela marcello marcin margarita margarethe margit margrit margriet marguerite marianne mariana
marianna marieke mariel marija marijke marika marisol marit maritza marko markus marlies marlon marta martijn
martine maryna masha massimo mathias mathieu mathilde mats matteusz mateusz mattias maud maura maurizio maxine
mechthild meera mehdi melina melvin merete meryem mette michal michał michalina michela michele mieke miguel
mihai mikael mikhail miklós mikko milan milena miles miloš milo minna miranda mireille mirela mirjam mirko
miroslav mohamed mohammad moira monique moses muriel murat mustafa myriam nabil nadja nadezhda naima naoko
narges natalie natan natasza nathalie nell nelly nesrin nicholas nicolas nicole niall nia niamh nicolai nicolò
niklas nikita nikola nikolai nikolaus nisha noémie nora norbert nuria odile odin ofelia okan oksana olav
oleksandr olena olivier olof oluwaseun ondine ondřej oona orla orlando orsolya osman ottilie ottoline ottavia
padraig palle paloma paolo parisa pasquale patrizia patrik paulette paulina paulo pavel pawel paweł pearl per-
olof perry petronella philippa philippe pierre pierrette piero pietro pilar pip pippa piran poppy prakash
primrose prudence radek rafał rahel rahul raimund rainer ramona ramona randi raphael raquel rasmus raul raúl
reem regine reinhold reiko remi rémi renata renske reza rhea rhiannon ricarda riccardo rikke riku rina roberta
rocco rocío roderick rohan roisin róisín rolf romy ronan rónán rory rosalie rosanna rosemary rowan roxana ruairi
rui runa rune ruslan ruta ruth-anne saad sabina sadie safiya said saira sakura salim salman salome salvatore
sander sandor sándor sandro sanna sanne santino saoirse sara-jane sascha saskia saul savannah selina serena
serge serhii severin shanti shirin shreya shu sibel sidney siegfried sienna sigmund signe silas silke silvana
silvio simona sindre sinead sinéad siri slavko slawomir sofie soledad solveig sonja soraya spencer stanislav
stanislaw stanisław stavros stefania stefano steffen stig sunniva svea svenja svetlana swantje szymon tabea
tadeusz tahir takashi takeshi tamar tamsin tania tarek tatjana teemu terence thandiwe theodor theodora theodore
theres theresia thierry thilo thora thorben thorsten tiago tiffany tilda till timo timon timur tiina tjark tobin
tomas tomasz tomek tomislav tommaso torben tord torsten tove trudy tuomas tyler udo ugo ulf ulla ulla-britt uma
umar urs ursel usha valentin valentino valeria valérie vasco vasily veit vera verity veronika véronique vesna
victoire vidar viggo viktoria vilma vincenzo viola vita vito vittoria vlad volker waltraud wanda werner wieland
wiebke wilfred wilhelmina willem wim winifred wioletta wojciech wout xander xenia ximena yael yannick yannis
yaroslav yesenia yevgenia ylva yoko yolanda yoshiko youssef yumi yuri yvette zahra zainab zbigniew zdeněk zelda
zenon zita zlatan zoltan zoltán zora zoya zuzana zuzanna zygmunt
"""
_SHORT = """
aadya abdi abdullahi abena achieng adesh aditya adjoa agnieszka akhil akua aled alfie amaka amit anand andrzej
angharad anil aoi archie arjun arlo armando arun asha ashok ashwin asif ayaan ayodele babatunde babs barney
bartholomew barty bashir basia baz bernie bethan betty bev bharat bhavesh bilal bindu bobby bogdan brenda bronagh
bronwyn caoimhe carole carys catriona ceri chantelle charlie cheryl chetan chidi chinedu chioma chukwu collette
colm connie damo danny danuta darek darren davey dawn daz debbie deborah declan deepak delroy denise desmond dev
dez dimitra dinesh divya donal donna doreen dougie dusan dwayne edna eileen ekene ellie emeka emmanuel enrique eoin
ernie esi ethel evie faisal farhan fatou femi ferenc fergal fergus fionn folake freddie gareth gaurav gav gaz geeta
gemma genevieve geoff georgie ginny gladys glenda gordon gosia grzegorz guadalupe gurpreet gus haji halima hamza
harish haruto hassan hayley hilary hinata hodan huong hussein ifeoma ilse imran irfan ishaan jade jamie jan
jaspreet jayden jaz jeanette jeff jermaine jez jignesh jimmy joanie joaquin jodie jola jono josie juanita kamal
karthik kashif kasia kathleen kav kavita kayleigh keiran kelechi kelly kemi kenny kerry kev khadija kieran kiran
kirstie kirsty kofi krish krzysztof kuba kunal kwame lachie lakshmi lalit leanne leila lenny lerato leroy lexi
lindsey lorraine lottie louise lupe lynn lynne macca mahesh maisie malcolm mandy manoj manpreet marilyn maryam
mateusz maureen maxine meena mei michelle millie mohan mohit moira morag murali muriel mwangi nadine nasreen naveed
naveen neha nell nelly nerys ngozi nicola nigel nikhil nitin njeri nkechi nobuko noreen norma obi obinna olek ollie
oluwaseun omar osei otieno padma pankaj paresh parvati parveen paula paulina pauline peggy phyllis piotr pooja
pradeep prakash pranav priyanka rachael radha rahul raj rajesh rajiv rakesh ramesh ranjit ravi rebekah reece reg
reggie rehana rekha rhiannon rhona robbie robbo rohit roisin ronnie roshan rosie roxanne rukhsana sachin saeed
saima samira sandeep sanjay sanjeev santosh saraswati satoshi seamus seema senthil shabnam sharon shaun shauna
shauny shaz shazia sheena shelley shivani shona shreya shyam siddharth siobhan sipho sita soojin srinivas stacey
stevie stu sukhdeep sumit sunil suraj suresh suzanne swati tadhg tanya tariq tatenda tejas tendai teresa thabo
thandi tilly tina tommo tommy tone tracey tracie trevor trish tunde tyrone uche uday umesh usman varun venkat vicki
vikas vikram vince vinnie vinod wael wanjiku waqas wendy winnie winston xavier yash yaw yolanda yusra yvette yvonne
zain zainab zanele zbyszek zeb zubair
"""
_ABROAD = """
wilma freja tuva turid ragnhild bjørn geir ingeborg dörte günter ansgar aino eino helmi väinö onni eeva pirkko
jukka matti pekka juha kari riikka oliwia alicja antoni mikołaj franciszek łukasz kateřina věra jiří petr tomáš
václav davide lucía maría josefa dolores francisca álvaro adrián iker unai ainhoa nerea leire inês matilde
leonor afonso duarte gonçalo joão léa inès jules raphaël thibault femke fleur anouk daan thijs wouter siobhán
cian oisín darragh pádraig aarav vivaan kavya adaeze nomvula alexei yelena taras ayşe fatma deniz giorgos
dimitris nikos blaž žiga matej jože nuša ludmila bożena hermína zsófia eszter gergő lászló zoltán balázs ioana
mihai andrei răzvan desislava borislav
"""
MORE_GIVEN = frozenset((_MORE + _SHORT + _ABROAD).split()) - frozenset(
    "said august till ion adriana rue odin pearl poppy honor asta rowan spencer dirk tyler sidney".split()
)
