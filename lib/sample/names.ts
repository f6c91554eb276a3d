/** Invented people's names, and user names that no two of them share. */
import type { Random } from "./random.ts";

const GIVEN = (
  "Ada Amara Amir Anders Anika Anselm Astrid Aylin Bashir Beatriz Benoit Bilal Bram Camila Carys Chidi Clara Corin Dagny Dalia " +
  "Darius Davide Delphine Dev Dimitri Ebele Edda Elias Elif Emeka Enzo Esme Esther Farah Fergus Fiona Florian Freya Gael Gita " +
  "Gwen Hana Haruki Hassan Helga Hugo Ida Ilse Imani Ines Ingrid Isaac Ivo Jana Jasper Javier Jing Joana Jonas Kaito Kalila " +
  "Karim Katya Kemal Kiran Lamar Leila Leif Lena Lior Luca Lucia Maeve Magnus Mai Malik Marta Mateo Maya Mei Milan Mina Mira " +
  "Nadia Naveen Nia Niels Noor Nuria Olga Omar Oskar Paloma Pavel Petra Priya Quentin Rafael Rania Ravi Rhys Rosa Rune Sabine " +
  "Samir Sanna Selma Silas Sofia Soren Suki Tamar Tariq Tess Thandi Theo Tomas Uma Valentin Vera Viktor Wanda Wei Xenia Yara " +
  "Yusuf Zahra Zane Zofia"
).split(" ");

const FAMILY = (
  "Abara Adler Aguirre Ahmadi Albrecht Almeida Andersson Arslan Bakker Banerjee Barros Beck Bellamy Bergstrom Bianchi Blum " +
  "Bouchard Brandt Byrne Calloway Castellano Chaudhry Chen Coelho Cortez Dahl Danso Delgado Desai Dubois Eaton Ekwueme Falk " +
  "Farouk Ferreira Finch Fontaine Forsberg Gallagher Garland Ghosh Grady Greco Gupta Haddad Halloran Hansen Hartmann Hayashi " +
  "Holloway Horvat Ibarra Iqbal Ishikawa Ivanov Jankowski Jensen Kaplan Karlsson Kaya Keane Kim Kovac Kowalski Lambert Larsen " +
  "Leclerc Lindgren Lombardi Lopes Madsen Malhotra Marchetti Marsh Mbeki Mendoza Meyer Moreau Mori Mwangi Nakamura Navarro " +
  "Novak Nyberg Obi Okafor Olsen Ortega Osei Park Patel Pereira Petrov Quist Ramos Rao Reyes Rossi Saito Salazar Sato Schmidt " +
  "Sharma Silva Sorensen Sousa Strand Svensson Tanaka Thorne Toure Ueda Vance Varga Vasquez Verma Vidal Vogel Volkov Wallin " +
  "Weber Whitlock Yamada Yilmaz Zhang Ziegler"
).split(" ");

export interface Name {
  given: string;
  family: string;
  /** Local part of the address: no other person has it. */
  local: string;
}

/** Gives out names; a full name that comes again gets a number in its address. */
export class NameBook {
  readonly #taken = new Map<string, number>();

  constructor(readonly random: Random) {}

  next(): Name {
    const given = this.random.pick(GIVEN);
    const family = this.random.pick(FAMILY);
    const base = `${given}.${family}`.toLowerCase();
    const count = (this.#taken.get(base) ?? 0) + 1;
    this.#taken.set(base, count);
    return { given, family, local: count === 1 ? base : `${base}${count}` };
  }
}
